// ENV: nothing that belongs to another vendor, which is what copying a Dockerfile leaves behind.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/command.h"
#include "expand/plan.h"

#include <algorithm>
#include <array>
#include <map>

namespace runner::check::convention
{

namespace
{

using dockerfile::Instruction;

struct Vendor {
    std::string_view backend;
    std::string_view prefix;
};

// Prefixes that a vendor's software reads, besides those that begin with the backend's identifier.
constexpr std::array vendors{
    Vendor{"cann", "ASCEND_"}, Vendor{"cann", "NPU_"},     Vendor{"cann", "HCCL_"},      Vendor{"cann", "ATB_"},
    Vendor{"cann", "LCCL_"},   Vendor{"corex", "IXUCA_"},  Vendor{"corex", "ILUVATAR_"}, Vendor{"cuda", "NVIDIA_"},
    Vendor{"cuda", "CUDNN_"},  Vendor{"dtk", "HYGON_"},    Vendor{"dtk", "HYHAL_"},      Vendor{"hggc", "PPU_"},
    Vendor{"maca", "METAX_"},  Vendor{"maca", "MXSMLEX_"}, Vendor{"musa", "MTHREADS_"},  Vendor{"musa", "MUDNN_"},
    Vendor{"rocm", "HIP_"},    Vendor{"rocm", "HSA_"},     Vendor{"rocm", "MIOPEN_"},    Vendor{"rocm", "AMD_"}};

// DTK is a ROCm of Hygon's, whose programs read ROCm's variables.
bool isKin(std::string_view backend, std::string_view owner)
{
    return backend == "dtk" && owner == "rocm";
}

std::string ownerOf(const Subject &subject, const std::string &name)
{
    for (const matrix::Backend &backend : subject.workspace.matrix.backends) {
        if (name.starts_with(expand::argumentName(backend.id, "")))
            return backend.id;
    }
    const auto found = std::find_if(vendors.begin(), vendors.end(),
                                    [&](const Vendor &vendor) { return name.starts_with(vendor.prefix); });
    return found == vendors.end() ? std::string() : std::string(found->backend);
}

// A value that speaks of this backend gives a kind of its software the name that others look for.
bool speaksOf(const std::string &backend, std::string_view value)
{
    return dockerfile::lowered(value).find(dockerfile::lowered(backend)) != std::string::npos;
}

// Names and values of an ENV, also in the form NAME VALUE.
std::vector<std::pair<std::string, std::string>> assignments(const Instruction &instruction, char escape)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    const std::string_view text = instruction.arguments;
    const std::size_t firstEnd = text.find_first_of(" \t=");
    if (firstEnd != std::string_view::npos && text[firstEnd] != '=')
        return {{std::string(text.substr(0, firstEnd)), std::string(text.substr(firstEnd))}};
    for (const dockerfile::Piece &word : dockerfile::splitWords({text, 0}, escape)) {
        const std::size_t equals = word.text.find('=');
        if (equals != std::string_view::npos)
            pairs.emplace_back(word.text.substr(0, equals), word.text.substr(equals + 1));
    }
    return pairs;
}

// The name as a word in the instruction's text, from \a from on; the instruction itself where it is not found.
std::size_t findName(const Subject &subject, const Instruction &instruction, const std::string &name, std::size_t from)
{
    const std::string_view text = std::string_view(subject.file.text).substr(0, instruction.range.end);
    for (std::size_t at = text.find(name, from); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const bool begins = at > 0 && std::string_view(" \t\n").find(text[at - 1]) != std::string_view::npos;
        const std::size_t end = at + name.size();
        if (begins && end < text.size() && std::string_view("= \t").find(text[end]) != std::string_view::npos)
            return at;
    }
    return instruction.range.begin;
}

void checkInstruction(const Subject &subject, const Instruction &instruction, Findings &findings)
{
    std::size_t from = instruction.range.begin;
    for (const auto &[name, value] : assignments(instruction, subject.file.escape)) {
        const std::string owner = ownerOf(subject, name);
        if (owner.empty() || owner == subject.backend || isKin(subject.backend, owner)
            || speaksOf(subject.backend, value))
            continue;
        from = findName(subject, instruction, name, from);
        findings.push_back({subject.problem("convention-foreign-environment", subject.placeOf(from),
                                            name + " belongs to the backend " + owner + ", not to " + subject.backend,
                                            "Remove it; it may have been copied from another Dockerfile"),
                            std::nullopt});
    }
}

} // namespace

void checkEnvironment(const Subject &subject, Findings &findings)
{
    for (const dockerfile::Stage &stage : subject.file.stages) {
        for (const Instruction &instruction : stage.instructions) {
            if (instruction.keyword == "ENV")
                checkInstruction(subject, instruction, findings);
        }
    }
}

} // namespace runner::check::convention
