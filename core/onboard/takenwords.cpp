#include "onboard/takenwords.h"

#include <algorithm>
#include <array>

namespace runner::onboard {

namespace {

// Names that mean something else where a backend's or a service's would stand.
constexpr std::array<std::string_view, 9> reserved{"all",     "common", "dev",      "host",   "latest",
                                                   "runtime", "runner", "services", "scratch"};

// Identifiers name arguments (ID_VERSION, ID_ARCHS, ID_HOME, ID_BASE_IMAGE), which builds have in their environment,
// and are keys of the matrix: words that mean something to others there.
struct TakenWord
{
    std::string_view word;
    const char *reason;
};
constexpr std::array<TakenWord, 36> takenWords{{
    {"apt", "apt reads APT_CONFIG from the environment"},
    {"bash", "bash reads BASH_ENV from the environment"},
    {"build", "BUILDPLATFORM and its like are arguments of every build"},
    {"buildkit", "BuildKit takes arguments that begin with BUILDKIT_ for its own"},
    {"cargo", "cargo reads CARGO_HOME and its like from the environment"},
    {"cmake", "CMAKE_MAX_JOBS is an argument of every image"},
    {"conda", "conda reads everything in the environment that begins with CONDA_ as an option"},
    {"curl", "curl reads CURL_HOME from the environment"},
    {"darwin", "tags end with a system, as in -linux-amd64"},
    {"debian", "apt reads DEBIAN_FRONTEND from the environment of every image"},
    {"docker", "docker reads DOCKER_HOST and its like from the environment"},
    {"false", "YAML does not read it as a text"},
    {"freebsd", "tags end with a system, as in -linux-amd64"},
    {"git", "git reads GIT_DIR and its like from the environment"},
    {"hf", "the libraries of Hugging Face read HF_HOME and its like from the environment"},
    {"http", "HTTP_PROXY is an argument of every build"},
    {"https", "HTTPS_PROXY is an argument of every build"},
    {"java", "Java's tools read JAVA_HOME from the environment"},
    {"lc", "LC_ALL is in the environment of every image"},
    {"ld", "the system reads LD_LIBRARY_PATH and its like from the environment"},
    {"linux", "tags end with a system, as in -linux-amd64"},
    {"n", "YAML does not read it as a text"},
    {"no", "NO_PROXY is an argument of every build"},
    {"null", "YAML does not read it as a text"},
    {"off", "YAML does not read it as a text"},
    {"on", "YAML does not read it as a text"},
    {"pip", "pip reads everything in the environment that begins with PIP_ as an option"},
    {"python", "PYTHON_VERSION is an argument of every image"},
    {"rustup", "rustup reads RUSTUP_HOME and its like from the environment"},
    {"target", "TARGETPLATFORM and its like are arguments of every build"},
    {"torch", "PyTorch reads TORCH_HOME and its like from the environment"},
    {"true", "YAML does not read it as a text"},
    {"uv", "uv reads everything in the environment that begins with UV_ as an option"},
    {"windows", "tags end with a system, as in -linux-amd64"},
    {"y", "YAML does not read it as a text"},
    {"yes", "YAML does not read it as a text"},
}};

} // namespace

std::optional<std::string> whyTaken(std::string_view id)
{
    if (std::find(reserved.begin(), reserved.end(), id) != reserved.end())
        return "means something else in a pack centre";
    const auto found =
        std::find_if(takenWords.begin(), takenWords.end(), [&](const TakenWord &each) { return each.word == id; });
    return found == takenWords.end() ? std::nullopt
                                     : std::optional(std::string("cannot be an identifier: ") + found->reason);
}

} // namespace runner::onboard
