# Builds KSyntaxHighlighting for Qt 6 once into the cache folder. Sourced by scripts/deps.

# The release that the distribution's archive keeps.
case $(distribution) in
    ubuntu-*)
        HIGHLIGHTING_VERSION=5.115.0
        HIGHLIGHTING_SHA256=0622a719ac243023b87a1592291c55c66ac9c6e79ab7be04fbb68ed2d3f2de0a
        ;;
    *)
        HIGHLIGHTING_VERSION=5.116.0
        HIGHLIGHTING_SHA256=6f8ccacebd0dc9ce050b2b23b715750c97938b3336fbbb80967920cb8c1dfaa7
        ;;
esac

highlighting_prefix() {
    echo "$(cache_folder)/ksyntax-highlighting-$HIGHLIGHTING_VERSION-$(distribution)-$(uname -m)"
}

# Addresses of archives, as apt knows them; also when its lists have been removed.
# shellcheck disable=SC2016
archive_addresses() {
    apt-get indextargets --no-release-info --format '$(REPO_URI)' 2>/dev/null | sort -u
}

download_highlighting() {
    local target=$1 address section
    local path=k/ksyntax-highlighting/ksyntax-highlighting_$HIGHLIGHTING_VERSION.orig.tar.xz
    for address in $(archive_addresses); do
        for section in main universe; do
            /usr/lib/apt/apt-helper download-file "${address%/}/pool/$section/$path" "$target" \
                "SHA256:$HIGHLIGHTING_SHA256" >/dev/null 2>&1 && return 0
        done
    done
    return 1
}

# It asks for a newer ECM than the distributions have; the installed one is enough. Its examples and
# translations are of no use here, and translations would need Qt's language tools.
lower_ecm_version() {
    local installed
    installed=$(sed -n 's/^set(PACKAGE_VERSION "\{0,1\}\([0-9.]*\)"\{0,1\})/\1/p' /usr/share/ECM/cmake/ECMConfigVersion.cmake)
    sed -i -e '/ecm_install_po_files_as_qm\|add_subdirectory(examples)/d' \
        -e "s/find_package(ECM [0-9.]* /find_package(ECM ${installed:-5.103.0} /" "$1/CMakeLists.txt"
}

compile_highlighting() {
    local source=$1 build=$2 prefix=$3
    cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DQT_MAJOR_VERSION=6 -DBUILD_TESTING=OFF \
        -DQRC_SYNTAX=ON -DBUILD_SHARED_LIBS=OFF -DCMAKE_POSITION_INDEPENDENT_CODE=ON "-DCMAKE_INSTALL_PREFIX=$prefix" \
        && cmake --build "$build" && cmake --install "$build"
}

# All or nothing: built in a scratch folder with the final prefix, then one rename.
build_highlighting() {
    local prefix scratch log
    prefix=$(highlighting_prefix)
    log=$(cache_folder)/ksyntax-highlighting.log
    scratch=$(mktemp -d "$(cache_folder)/build.XXXXXX")
    say "building KSyntaxHighlighting $HIGHLIGHTING_VERSION once (about two minutes, log: $log)"
    if download_highlighting "$scratch/source.tar.xz" && tar -C "$scratch" -xf "$scratch/source.tar.xz" \
        && mv "$scratch"/*syntax-highlighting-*/ "$scratch/source" && lower_ecm_version "$scratch/source" \
        && DESTDIR=$scratch/stage compile_highlighting "$scratch/source" "$scratch/build" "$prefix" >"$log" 2>&1; then
        mv -T "$scratch/stage$prefix" "$prefix"
    else
        say "KSyntaxHighlighting could not be had or built; going on without syntax highlighting"
    fi
    rm -rf "$scratch"
}

ensure_highlighting() {
    [ -n "$(highlighting_packages "$(distribution)")" ] || return 0
    [ -d "$(highlighting_prefix)" ] && return 0
    mkdir -p "$(cache_folder)"
    exec 8>"$(cache_folder)/lock"
    flock 8
    [ -d "$(highlighting_prefix)" ] || build_highlighting
    exec 8>&-
}
