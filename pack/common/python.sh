#!/usr/bin/env bash
# Python: the image's own where it has the right version, else from the deadsnakes archive. After this step python and
# python3 are that version and have pip.
# usage: python.sh X.Y
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
wanted="$1"

ask() { python3 -c "import sys, sysconfig; print($1)"; }

found="$(ask '"%d.%d" % sys.version_info[:2]' 2>/dev/null || true)"
if [[ "${found}" == "${wanted}" ]]; then
    # Programs that embed this Python have to find its library, wherever the vendor put it. The file's name puts it last:
    # Conda has libraries beside it that the system's own programs must not take for theirs.
    ask 'sysconfig.get_config_var("LIBDIR")' > /etc/ld.so.conf.d/zz-python.conf
    ldconfig
else
    bash "${here}/add-archive.sh" ppa:deadsnakes/ppa
    bash "${here}/apt-install.sh" "python${wanted}" "python${wanted}-dev" "python${wanted}-venv"
    for name in python python3; do
        update-alternatives --install "/usr/bin/${name}" "${name}" "/usr/bin/python${wanted}" 1
        update-alternatives --set "${name}" "/usr/bin/python${wanted}"
    done
fi

# Distributions keep pip off their own Python; in an image for one service nothing else needs it.
rm -f "$(ask 'sysconfig.get_path("stdlib")')/EXTERNALLY-MANAGED"

if ! python3 -m pip --version; then
    commit=dbf0c85f76fb6e1ab42aa672ffca6f0a675d9ee4
    bash "${here}/fetch.sh" --sha256 dfe9fd5c28dc98b5ac17979a953ea550cec37ae1b47a5116007395bfacff2ab9 \
        "https://github.com/pypa/get-pip/raw/${commit}/public/get-pip.py" /tmp/get-pip.py
    python3 /tmp/get-pip.py --no-cache-dir "pip==24.0"
    rm /tmp/get-pip.py
fi
if [[ "$(ask '"%d.%d" % sys.version_info[:2]')" != "${wanted}" ]]; then
    echo "python3 is still $(python3 --version), not ${wanted}." >&2
    exit 1
fi
