# Which packages each distribution needs. Sourced by scripts/deps.

build_packages() {
    echo g++ cmake ninja-build pkg-config git ca-certificates \
        qt6-base-dev qt6-svg-dev libqt6sql6-sqlite qt6-qpa-plugins qt6-wayland fonts-dejavu-core \
        libgl-dev libvulkan-dev libfontconfig-dev libyaml-cpp-dev nlohmann-json3-dev libsimdjson-dev libcli11-dev libgit2-dev libexpected-dev libpcre2-dev libzstd-dev
    case $1 in
        debian-13) echo libkf6syntaxhighlighting-dev qt6-svg-plugins ;;
    esac
}

# What builds KSyntaxHighlighting where the distribution has no Qt 6 build of it.
highlighting_packages() {
    case $1 in
        debian-12 | ubuntu-24.04) echo perl xz-utils extra-cmake-modules ;;
    esac
}

test_packages() {
    echo mold python3 python3-yaml xvfb xauth skopeo docker-registry shellcheck procps
    case $1 in
        debian-12) echo clang clang-format libclang-rt-14-dev ;;
        debian-13) echo clang libclang-rt-19-dev ;;
        ubuntu-24.04) echo clang libclang-rt-18-dev ;;
    esac
}
