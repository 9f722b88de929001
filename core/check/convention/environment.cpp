// ENV: nothing that belongs to another vendor, which is what copying a Dockerfile leaves behind.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/command.h"
#include "expand/plan.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <map>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;

struct Vendor
{
    std::string_view backend;
    std::string_view prefix;
};

// Prefixes that a vendor's software reads, besides those that begin with the backend's identifier.
constexpr std::array vendors{Vendor{"cann", "ASCEND_"},    Vendor{"cann", "NPU_"},     Vendor{"cann", "HCCL_"},
                             Vendor{"cann", "ATB_"},       Vendor{"cann", "LCCL_"},    Vendor{"corex", "IXUCA_"},
                             Vendor{"corex", "ILUVATAR_"}, Vendor{"cuda", "NVIDIA_"},  Vendor{"cuda", "CUDNN_"},
                             Vendor{"dtk", "HYGON_"},      Vendor{"dtk", "HYHAL_"},    Vendor{"hggc", "PPU_"},
                             Vendor{"maca", "METAX_"},     Vendor{"maca", "MXSMLEX_"}, Vendor{"musa", "MTHREADS_"},
                             Vendor{"musa", "MUDNN_"},     Vendor{"rocm", "HIP_"},     Vendor{"rocm", "HSA_"},
                             Vendor{"rocm", "MIOPEN_"},    Vendor{"rocm", "AMD_"},     Vendor{"rocm", "ROCR_"}};

// Variables that PyTorch, SGLang and torch_npu read for one vendor's devices.
constexpr std::array frameworkNames{Vendor{"cann", "PYTORCH_NPU_ALLOC_CONF"}, Vendor{"cann", "TASK_QUEUE_ENABLE"},
                                    Vendor{"cuda", "TORCH_CUDA_ARCH_LIST"},   Vendor{"musa", "SGLANG_USE_MTT"},
                                    Vendor{"rocm", "PYTORCH_HIP_ALLOC_CONF"}, Vendor{"rocm", "PYTORCH_ROCM_ARCH"}};

// Where vendors' software lies in images.
constexpr std::array homes{Vendor{"cann", "/usr/local/Ascend"},  Vendor{"corex", "/usr/local/corex"},
                           Vendor{"cuda", "/usr/local/cuda"},    Vendor{"dtk", "/opt/dtk"},
                           Vendor{"hggc", "/usr/local/PPU_SDK"}, Vendor{"maca", "/opt/maca"},
                           Vendor{"musa", "/usr/local/musa"},    Vendor{"rocm", "/opt/rocm"}};

// What a name says: whose it is, and whether it is a framework's, not a vendor's own.
struct Owner
{
    std::string backend;
    bool framework = false;
};

// DTK is a ROCm of Hygon's, whose programs read ROCm's variables.
bool isKin(std::string_view backend, std::string_view owner)
{
    return backend == "dtk" && owner == "rocm";
}

// Frameworks see CUDA's devices on these.
bool takesCudaFor(std::string_view backend)
{
    constexpr std::array<std::string_view, 4> compatible{"corex", "hggc", "maca", "musa"};
    return std::find(compatible.begin(), compatible.end(), backend) != compatible.end();
}

std::string vendorOf(const Subject &subject, std::string_view name)
{
    for (const matrix::Backend &backend : subject.workspace.matrix.backends) {
        if (name.starts_with(expand::argumentName(backend.id, "")))
            return backend.id;
    }
    const auto found = std::find_if(vendors.begin(), vendors.end(),
                                    [&](const Vendor &vendor) { return name.starts_with(vendor.prefix); });
    return found == vendors.end() ? std::string() : std::string(found->backend);
}

// RAY_EXPERIMENTAL_NOSET_HIP_VISIBLE_DEVICES is about HIP_VISIBLE_DEVICES.
Owner ownerOf(const Subject &subject, std::string_view name)
{
    if (std::string vendor = vendorOf(subject, name); !vendor.empty())
        return {std::move(vendor), false};
    const auto found = std::find_if(frameworkNames.begin(), frameworkNames.end(),
                                    [&](const Vendor &each) { return name == each.prefix; });
    if (found != frameworkNames.end())
        return {std::string(found->backend), true};
    if (!name.ends_with("_VISIBLE_DEVICES"))
        return {};
    for (std::size_t at = name.find('_'); at != std::string_view::npos; at = name.find('_', at + 1)) {
        if (std::string vendor = vendorOf(subject, name.substr(at + 1)); !vendor.empty())
            return {std::move(vendor), true};
    }
    return {};
}

bool isForeign(const Subject &subject, const Owner &owner)
{
    const bool compatible = owner.framework && owner.backend == "cuda" && takesCudaFor(subject.backend);
    return !owner.backend.empty() && owner.backend != subject.backend && !isKin(subject.backend, owner.backend)
           && !compatible;
}

// As a folder of its own or one with a version behind it: "/usr/local/cuda-12.9/lib64".
bool holdsFolder(std::string_view value, std::string_view folder)
{
    for (std::size_t at = value.find(folder); at != std::string_view::npos; at = value.find(folder, at + 1)) {
        const bool begins = at == 0 || std::string_view(":=,;\"' \t").find(value[at - 1]) != std::string_view::npos;
        const std::size_t end = at + folder.size();
        if (begins
            && (end == value.size() || std::string_view("/:-,;\"' \t").find(value[end]) != std::string_view::npos))
            return true;
    }
    return false;
}

// Why the value belongs elsewhere; empty where it does not.
std::string foreignFolders(const Subject &subject, std::string_view value)
{
    std::string found;
    for (const Vendor &home : homes) {
        if (isForeign(subject, {std::string(home.backend), false}) && holdsFolder(value, home.prefix))
            found += (found.empty() ? "" : " and ") + std::string(home.prefix) + " of the backend "
                     + std::string(home.backend);
    }
    return found;
}

// A value that speaks of this backend gives a kind of its software the name that others look for.
bool speaksOf(const std::string &backend, std::string_view value)
{
    return text::lowered(value).find(text::lowered(backend)) != std::string::npos;
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

// Empty where there is nothing to say.
std::string complaintAbout(const Subject &subject, const std::string &name, const std::string &value)
{
    const Owner owner = ownerOf(subject, name);
    if (isForeign(subject, owner) && !speaksOf(subject.backend, value))
        return name + " belongs to the backend " + owner.backend + ", not to " + subject.backend;
    const std::string folders = foreignFolders(subject, value);
    return folders.empty() ? folders : name + " holds " + folders + ", not of " + subject.backend;
}

void checkInstruction(const Subject &subject, const Instruction &instruction, Findings &findings)
{
    std::size_t from = instruction.range.begin;
    for (const auto &[name, value] : assignments(instruction, subject.file.escape)) {
        std::string message = complaintAbout(subject, name, value);
        if (message.empty())
            continue;
        from = findName(subject, instruction, name, from);
        findings.push_back({subject.problem("convention-foreign-environment", subject.placeOf(from), std::move(message),
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
