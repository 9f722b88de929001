#include "dockerfile/dockerfile.h"

#include "dockerfile/characters.h"
#include "dockerfile/reader.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

template <typename T>
const T *findNamed(const std::vector<T> &list, std::string_view name)
{
    const auto found = std::find_if(list.begin(), list.end(), [name](const T &item) { return item.name == name; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

const char *needName(Need need)
{
    switch (need) {
    case Need::Required:
        return "required";
    case Need::Optional:
        return "optional";
    case Need::Placeholder:
        return "placeholder";
    case Need::Undocumented:
        break;
    }
    return "";
}

const ArgumentLine *Dockerfile::findGlobal(std::string_view name) const
{
    return findNamed(globalArguments, name);
}

const DocumentedArgument *Dockerfile::findDocumented(std::string_view name) const
{
    return findNamed(documented, name);
}

const NamedContext *Dockerfile::findContext(std::string_view name) const
{
    return contexts ? findNamed(*contexts, name) : nullptr;
}

int Dockerfile::findStage(std::string_view name) const
{
    const std::string wanted = lowered(name);
    for (std::size_t i = stages.size(); i > 0 && !wanted.empty(); --i) {
        if (stages[i - 1].name == wanted)
            return static_cast<int>(i - 1);
    }
    return -1;
}

Dockerfile readDockerfile(std::string text, const std::string &fileName)
{
    Dockerfile file = Reader(text, fileName).read();
    file.text = std::move(text);
    return file;
}

} // namespace runner::dockerfile
