#include "onboard/identifiers.h"

#include "dockerfile/characters.h"
#include "dockerfile/unseen.h"
#include "expand/tags.h"
#include "image/platform.h"
#include "image/version.h"
#include "onboard/takenwords.h"
#include "text/ascii.h"
#include "text/textfile.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace runner::onboard {

namespace {

constexpr std::size_t maxIdentifier = 32;
constexpr std::size_t maxShownName = 80;
constexpr std::size_t maxFolder = 200;

// What a system keeps for itself: no toolkit is installed as one of these folders. Homes of toolkits are below some of
// them, such as /usr/local/Ascend and /opt/rocm.
constexpr std::array<std::string_view, 36> systemFolders{"/",
                                                         "/bin",
                                                         "/boot",
                                                         "/dev",
                                                         "/etc",
                                                         "/home",
                                                         "/lib",
                                                         "/lib32",
                                                         "/lib64",
                                                         "/libx32",
                                                         "/media",
                                                         "/mnt",
                                                         "/opt",
                                                         "/proc",
                                                         "/root",
                                                         "/run",
                                                         "/sbin",
                                                         "/srv",
                                                         "/sys",
                                                         "/tmp",
                                                         "/usr",
                                                         "/usr/bin",
                                                         "/usr/games",
                                                         "/usr/include",
                                                         "/usr/lib",
                                                         "/usr/lib64",
                                                         "/usr/libexec",
                                                         "/usr/local",
                                                         "/usr/local/bin",
                                                         "/usr/local/include",
                                                         "/usr/local/lib",
                                                         "/usr/local/sbin",
                                                         "/usr/local/share",
                                                         "/usr/sbin",
                                                         "/usr/share",
                                                         "/var"};

// And below these, nothing else is.
constexpr std::array<std::string_view, 9> systemTrees{"/bin/", "/boot/", "/dev/", "/etc/", "/proc/",
                                                      "/run/", "/sbin/", "/sys/", "/tmp/"};

// What PyTorch and the vendors' toolkits are made for; and what may follow behind it.
struct Architecture
{
    std::string_view name;
    std::string_view variants; // Between blanks.
};
constexpr std::array<Architecture, 6> architectures{{{"amd64", " v1 v2 v3 v4 "},
                                                     {"arm64", " v8 v9 "},
                                                     {"loong64", ""},
                                                     {"ppc64le", ""},
                                                     {"riscv64", ""},
                                                     {"s390x", ""}}};

bool consistsOf(std::string_view text, bool (*good)(char))
{
    return std::all_of(text.begin(), text.end(), good);
}

// What keeps a text from being a name, the clearest reason first; nothing for characters that are fine.
std::string characterFault(std::string_view text, bool (*good)(char))
{
    if (text.find_first_of("/\\") != std::string_view::npos)
        return "holds a path separator";
    if (text.find("..") != std::string_view::npos)
        return "holds '..'";
    if (text.find_first_of(" \t\r\n") != std::string_view::npos)
        return "holds a blank";
    const auto bad = std::find_if_not(text.begin(), text.end(), good);
    if (bad == text.end())
        return {};
    if (text::isUpper(*bad))
        return "holds capitals";
    if (static_cast<unsigned char>(*bad) >= 0x80U)
        return "holds a character beyond ASCII";
    if (static_cast<unsigned char>(*bad) < 0x20U || *bad == 0x7F)
        return "holds a control character";
    return *bad == '\'' ? std::string("holds a quote") : "holds '" + std::string(1, *bad) + "'";
}

bool checkFilled(FieldCheck &check, const std::string &field, const std::string &text, std::size_t limit)
{
    if (text.empty())
        check.error(field, "onboard-empty", "There is nothing here yet", "Fill it in");
    else if (text.size() > limit)
        check.error(field, "onboard-too-long", "This is " + std::to_string(text.size()) + " bytes long",
                    "Take at most " + std::to_string(limit));
    return !text.empty() && text.size() <= limit;
}

bool isOneLine(const std::string &text)
{
    return text.find_first_of("\t\r\n") == std::string::npos && text::decodeText(text, {});
}

// Whoever reads the answers would not see what stands there.
bool checkSeen(FieldCheck &check, const std::string &field, const char *id, const std::string &text)
{
    const std::size_t at = dockerfile::findUnseen(text);
    if (at != std::string::npos)
        check.error(field, id,
                    inQuotes(text) + " holds " + dockerfile::codePointName(text, at) + ", a character that nobody sees",
                    "Type it anew, without that character");
    return at == std::string::npos;
}

// OS/ARCHITECTURE[/VARIANT] of Linux: what follows "linux/" is one that inference images are made for.
bool isForInference(const std::string &platform)
{
    const std::string rest = platform.substr(platform.find('/') + 1);
    const std::size_t slash = rest.find('/');
    return std::any_of(architectures.begin(), architectures.end(), [&](const Architecture &each) {
        return each.name == rest.substr(0, slash)
               && (slash == std::string::npos
                   || each.variants.find(" " + rest.substr(slash + 1) + " ") != std::string::npos);
    });
}

std::string withoutVariant(const std::string &platform)
{
    return platform.substr(0, platform.find('/', platform.find('/') + 1));
}

// A variant whose image would have the tag of another one's: tags leave variants out.
bool sharesTag(const std::string &platform, const std::vector<std::string> &all)
{
    const std::string plain = withoutVariant(platform);
    return plain != platform && std::any_of(all.begin(), all.end(), [&](const std::string &other) {
               return other != platform && withoutVariant(other) == plain;
           });
}

bool isOfTheSystem(const std::string &folder)
{
    return std::find(systemFolders.begin(), systemFolders.end(), folder) != systemFolders.end()
           || std::any_of(systemTrees.begin(), systemTrees.end(),
                          [&](std::string_view tree) { return folder.starts_with(tree); });
}

// Written as short as it can be: no "//", no step up, nothing behind the last name.
bool isNormal(const std::string &folder)
{
    return folder == std::filesystem::path(folder).lexically_normal().generic_string()
           && (folder.size() == 1 || folder.back() != '/');
}

bool areNumbers(const std::string &parts)
{
    return consistsOf(parts, [](char c) { return text::isDigit(c) || c == '.'; });
}

// "04.1" is 4.1 to whoever compares versions, and another tag.
bool hasZeros(const std::string &version)
{
    return version.size() > 1 && version[0] == '0' && text::isDigit(version[1]);
}

std::string withoutZeros(std::string version)
{
    while (hasZeros(version))
        version.erase(0, 1);
    return version;
}

template <typename Check>
void checkList(FieldCheck &check, const std::string &field, const std::vector<std::string> &list, Check each)
{
    if (list.empty())
        check.error(field, "onboard-empty", "There is nothing in this list yet", "Add at least one");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!seen.insert(list[i]).second)
            check.error(indexed(field, i), "onboard-twice", inQuotes(list[i]) + " stands here twice",
                        "Remove one of them");
        else
            each(indexed(field, i), list[i]);
    }
}

} // namespace

bool checkIdentifier(FieldCheck &check, const std::string &field, const std::string &id)
{
    if (!checkFilled(check, field, id, maxIdentifier))
        return false;
    const std::string fault = characterFault(id, [](char c) { return text::isLower(c) || text::isDigit(c); });
    const std::string lower = text::lowered(id);
    if (!fault.empty()) {
        const bool onlyCapitals = text::isLower(lower.front()) && text::isLower(lower.back())
                                  && consistsOf(lower, [](char c) { return text::isLower(c) || text::isDigit(c); });
        check.error(field, "onboard-bad-identifier", inQuotes(id) + " " + fault,
                    onlyCapitals ? "Write " + lower : "Use lower-case letters and digits alone");
    } else if (!text::isLower(id.front()) || !text::isLower(id.back())) {
        check.error(field, "onboard-bad-identifier",
                    inQuotes(id) + " begins or ends with a digit, and the version follows it in the tag",
                    "Begin and end it with a letter");
    } else if (const auto reason = whyTaken(id)) {
        check.error(field, "onboard-reserved", inQuotes(id) + " " + *reason, "Choose another one");
    } else {
        return true;
    }
    return false;
}

bool checkVariant(FieldCheck &check, const std::string &field, const std::string &id)
{
    if (!checkFilled(check, field, id, maxIdentifier))
        return false;
    const std::string fault =
        characterFault(id, [](char c) { return text::isLower(c) || text::isDigit(c) || c == '_'; });
    if (!fault.empty())
        check.error(field, "onboard-bad-identifier", inQuotes(id) + " " + fault,
                    "Use lower-case letters, digits and '_' alone: it becomes part of the tag");
    return fault.empty();
}

bool checkVersion(FieldCheck &check, const std::string &field, const std::string &version, int parts)
{
    if (!checkFilled(check, field, version, maxIdentifier))
        return false;
    const std::string fault =
        characterFault(version, [](char c) { return text::isLower(c) || text::isDigit(c) || c == '.' || c == '_'; });
    const auto found = 1 + std::count(version.begin(), version.end(), '.');
    if (!fault.empty())
        check.error(field, "onboard-bad-version", inQuotes(version) + " " + fault,
                    "Write it as in 4.1.0 or 0.5.8.post1");
    else if (!text::isDigit(version.front()) || version.back() == '.' || version.back() == '_')
        check.error(field, "onboard-bad-version", inQuotes(version) + " is no version",
                    "Begin it with a digit, as in 4.1.0");
    else if (hasZeros(version))
        check.error(field, "onboard-bad-version",
                    inQuotes(version) + " begins with a zero that versions are written without",
                    "Write " + withoutZeros(version));
    else if (parts > 1 && version.find('_') != std::string::npos)
        check.error(
            field, "onboard-bad-version", inQuotes(version) + " holds '_', which ends a version in the names of images",
            "Write the version alone; what the vendor's image has behind it is an argument, as BACKEND_VERSION_EXTRA");
    else if (found < parts)
        check.error(field, "onboard-bad-version",
                    inQuotes(version) + " has too few parts, and the tag carries two of them",
                    "Write it as X.Y or X.Y.Z");
    else if (parts > 1 && !areNumbers(expand::firstParts(version, parts)))
        check.error(field, "onboard-bad-version",
                    inQuotes(version) + " does not begin with two numbers, and the tag carries them",
                    "Write it as X.Y or X.Y.Z, with letters behind a third number alone, as in 4.1.0rc1");
    else if (!image::Version(version).isPep440())
        check.warning(field, "onboard-odd-version",
                      inQuotes(version)
                          + " follows no scheme that versions are compared by, so it "
                            "sorts below all others",
                      "Write it as in 4.1.0, 4.1.0rc1 or 4.1.0.post1 if you can");
    else
        return true;
    return false;
}

void checkVersions(FieldCheck &check, const std::string &field, const std::vector<std::string> &versions, int parts)
{
    checkList(check, field, versions,
              [&](const std::string &each, const std::string &version) { checkVersion(check, each, version, parts); });
}

bool checkShownName(FieldCheck &check, const std::string &field, const std::string &name)
{
    if (!checkFilled(check, field, name, maxShownName))
        return false;
    if (isOneLine(name) && !checkSeen(check, field, "onboard-bad-name", name))
        return false;
    if (!isOneLine(name) || name.find_first_of("|`<>") != std::string::npos)
        check.error(field, "onboard-bad-name", inQuotes(name) + " cannot be a heading of the support table",
                    "Leave out line ends, control characters and | ` < >");
    else if (dockerfile::trimmed(name) != name) // no-break spaces too
        check.error(field, "onboard-bad-name", inQuotes(name) + " begins or ends with a blank", "Take it away");
    else
        return true;
    return false;
}

void checkFolder(FieldCheck &check, const std::string &field, const std::string &folder)
{
    if (!checkFilled(check, field, folder, maxFolder))
        return;
    const bool good = consistsOf(folder, [](char c) {
        return text::isLetterOrDigit(c) || std::string_view("/._+-").find(c) != std::string_view::npos;
    });
    if (folder.front() != '/')
        check.error(field, "onboard-bad-folder", inQuotes(folder) + " is no absolute folder",
                    "Begin it with /, as in /usr/local/neuware");
    else if (!good)
        check.error(field, "onboard-bad-folder",
                    inQuotes(folder) + " holds characters that a shell or a Dockerfile could misread",
                    "Use letters, digits and . _ + - alone");
    else if (!isNormal(folder))
        check.error(field, "onboard-bad-folder", inQuotes(folder) + " is not written in full",
                    "Leave out '.', '..', '//' and a '/' at the end");
    else if (isOfTheSystem(folder))
        check.error(field, "onboard-system-folder", folder + " belongs to the system inside the images",
                    "Name the folder that the toolkit alone has, as in /usr/local/neuware");
}

void checkPlatforms(FieldCheck &check, const std::string &field, const std::vector<std::string> &platforms)
{
    checkList(check, field, platforms, [&](const std::string &each, const std::string &platform) {
        if (!image::isKnownPlatform(platform))
            check.error(each, "onboard-bad-platform", inQuotes(platform) + " is no platform",
                        "Write OS/ARCHITECTURE, such as linux/amd64 or linux/arm64");
        else if (!platform.starts_with("linux/"))
            check.error(each, "onboard-bad-platform",
                        "Images for " + platform + " cannot be built: their steps are those of Linux",
                        "Write a platform of Linux, such as linux/amd64 or linux/arm64");
        else if (!isForInference(platform))
            check.error(each, "onboard-bad-platform", "No accelerator has a toolkit for " + platform,
                        "Write a platform that the vendor supports, such as linux/amd64 or linux/arm64");
        else if (sharesTag(platform, platforms))
            check.error(each, "onboard-twice",
                        "The image for " + platform + " would have the tag of that for " + withoutVariant(platform),
                        "Keep one of them");
    });
}

bool checkLine(FieldCheck &check, const std::string &field, const std::string &text, std::size_t limit)
{
    if (!checkFilled(check, field, text, limit))
        return false;
    if (dockerfile::trimmed(text).empty()) {
        check.error(field, "onboard-empty", "There are only blanks here", "Fill it in");
        return false;
    }
    if (isOneLine(text))
        return checkSeen(check, field, "onboard-bad-text", text);
    check.error(field, "onboard-bad-text", "This is not one line of text", "Leave out line ends and tabs");
    return false;
}

} // namespace runner::onboard
