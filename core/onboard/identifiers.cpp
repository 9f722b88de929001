#include "onboard/identifiers.h"

#include "check/platforms.h"
#include "dockerfile/characters.h"
#include "image/version.h"
#include "text/textfile.h"

#include <algorithm>
#include <array>
#include <set>

namespace runner::onboard {

namespace {

constexpr std::size_t maxIdentifier = 32;
constexpr std::size_t maxShownName = 80;
constexpr std::size_t maxFolder = 200;

// Names that mean something else where a backend's or a service's would stand.
constexpr std::array<std::string_view, 9> reserved{"all",     "common", "dev",      "host",   "latest",
                                                   "runtime", "runner", "services", "scratch"};

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

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
    if (isUpper(*bad))
        return "holds capitals";
    if (static_cast<unsigned char>(*bad) >= 0x80U)
        return "holds a character beyond ASCII";
    return static_cast<unsigned char>(*bad) < 0x20U ? std::string("holds a control character")
                                                    : "holds '" + std::string(1, *bad) + "'";
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

bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; });
}

template <typename Check>
void checkList(FieldCheck &check, const std::string &field, const std::vector<std::string> &list, Check each)
{
    if (list.empty())
        check.error(field, "onboard-empty", "There is nothing in this list yet", "Add at least one");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!seen.insert(list[i]).second)
            check.error(indexed(field, i), "onboard-twice", inQuotes(list[i]) + " stands here twice", "Remove one of them");
        else
            each(indexed(field, i), list[i]);
    }
}

} // namespace

bool checkIdentifier(FieldCheck &check, const std::string &field, const std::string &id)
{
    if (!checkFilled(check, field, id, maxIdentifier))
        return false;
    const std::string fault = characterFault(id, [](char c) { return isLower(c) || isDigit(c); });
    const std::string lower = dockerfile::lowered(id);
    if (!fault.empty()) {
        const bool onlyCapitals = consistsOf(lower, [](char c) { return isLower(c) || isDigit(c); });
        check.error(field, "onboard-bad-identifier", inQuotes(id) + " " + fault,
                    onlyCapitals ? "Write " + lower : "Use lower-case letters and digits alone");
    } else if (!isLower(id.front()) || !isLower(id.back())) {
        check.error(field, "onboard-bad-identifier", inQuotes(id) + " begins or ends with a digit, and the version follows it in the tag",
                    "Begin and end it with a letter");
    } else if (std::find(reserved.begin(), reserved.end(), id) != reserved.end()) {
        check.error(field, "onboard-reserved", inQuotes(id) + " means something else in a pack centre", "Choose another one");
    } else {
        return true;
    }
    return false;
}

bool checkVariant(FieldCheck &check, const std::string &field, const std::string &id)
{
    if (!checkFilled(check, field, id, maxIdentifier))
        return false;
    const std::string fault = characterFault(id, [](char c) { return isLower(c) || isDigit(c) || c == '_'; });
    if (!fault.empty())
        check.error(field, "onboard-bad-identifier", inQuotes(id) + " " + fault,
                    "Use lower-case letters, digits and '_' alone: it becomes part of the tag");
    return fault.empty();
}

bool checkVersion(FieldCheck &check, const std::string &field, const std::string &version, int parts)
{
    if (!checkFilled(check, field, version, maxIdentifier))
        return false;
    const std::string fault = characterFault(version, [](char c) { return isLower(c) || isDigit(c) || c == '.' || c == '_'; });
    const auto found = 1 + std::count(version.begin(), version.end(), '.');
    if (!fault.empty())
        check.error(field, "onboard-bad-version", inQuotes(version) + " " + fault, "Write it as in 4.1.0 or 0.5.8.post1");
    else if (!isDigit(version.front()) || version.back() == '.' || version.back() == '_')
        check.error(field, "onboard-bad-version", inQuotes(version) + " is no version", "Begin it with a digit, as in 4.1.0");
    else if (found < parts)
        check.error(field, "onboard-bad-version", inQuotes(version) + " has too few parts, and the tag carries two of them",
                    "Write it as X.Y or X.Y.Z");
    else if (!image::Version(version).isPep440())
        check.warning(field, "onboard-odd-version", inQuotes(version) + " follows no scheme that versions are compared by, so it "
                                                                     "sorts below all others",
                      "Write it as in 4.1.0, 4.1.0rc1 or 4.1.0.post1 if you can");
    else
        return true;
    return false;
}

void checkVersions(FieldCheck &check, const std::string &field, const std::vector<std::string> &versions, int parts)
{
    checkList(check, field, versions, [&](const std::string &each, const std::string &version) {
        checkVersion(check, each, version, parts);
    });
}

bool checkShownName(FieldCheck &check, const std::string &field, const std::string &name)
{
    if (!checkFilled(check, field, name, maxShownName))
        return false;
    if (hasControl(name) || !text::decodeText(name, {}) || name.find_first_of("|`<>") != std::string::npos)
        check.error(field, "onboard-bad-name", inQuotes(name) + " cannot be a heading of the support table",
                    "Leave out line ends, control characters and | ` < >");
    else if (name.front() == ' ' || name.back() == ' ')
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
        return isLower(c) || isUpper(c) || isDigit(c) || std::string_view("/._+-").find(c) != std::string_view::npos;
    });
    if (folder.front() != '/')
        check.error(field, "onboard-bad-folder", inQuotes(folder) + " is no absolute folder", "Begin it with /, as in /usr/local/neuware");
    else if (!good)
        check.error(field, "onboard-bad-folder", inQuotes(folder) + " holds characters that a shell or a Dockerfile could misread",
                    "Use letters, digits and . _ + - alone");
    else if (folder.find("..") != std::string::npos || folder.find("//") != std::string::npos || folder.back() == '/')
        check.error(field, "onboard-bad-folder", inQuotes(folder) + " is not written in full",
                    "Leave out '..', '//' and a '/' at the end");
}

void checkPlatforms(FieldCheck &check, const std::string &field, const std::vector<std::string> &platforms)
{
    checkList(check, field, platforms, [&](const std::string &each, const std::string &platform) {
        if (!check::isKnownPlatform(platform))
            check.error(each, "onboard-bad-platform", inQuotes(platform) + " is no platform",
                        "Write OS/ARCHITECTURE, such as linux/amd64 or linux/arm64");
    });
}

bool checkLine(FieldCheck &check, const std::string &field, const std::string &text, std::size_t limit)
{
    if (!checkFilled(check, field, text, limit))
        return false;
    if (!hasControl(text) && text::decodeText(text, {}))
        return true;
    check.error(field, "onboard-bad-text", "This is not one line of text", "Leave out line ends and control characters");
    return false;
}

} // namespace runner::onboard
