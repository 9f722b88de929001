// Answers about a backend that have to be refused, each in one field; the others are sound. For the command and the
// window alike. The pack centre has a backend called "NVIDIA CUDA", the service vllm, and an empty folder pack/hollow.
#pragma once

#include "testdata.h"

#include <string>
#include <vector>

namespace refusals {

struct Refusal
{
    const char *what;
    const char *field; ///< As in a spec; those of the one service begin with "service-".
    std::string value; ///< Lists are separated by ", ".
};

inline std::vector<Refusal> all()
{
    return {
        {"a path separator", "id", "neu/ware"},
        {"a backslash", "id", "neu\\ware"},
        {"the folder above", "id", ".."},
        {"a way out", "id", "../../etc"},
        {"a blank", "id", "neu ware"},
        {"upper case", "id", "Neuware"},
        {"a hyphen, which separates in tags", "id", "neu-ware"},
        {"a digit at the end, where the version follows", "id", "neuware2"},
        {"a command substitution", "id", "$(reboot)"},
        {"a second command", "id", "neuware;reboot"},
        {"back quotes", "id", "`reboot`"},
        {"a YAML mapping", "id", "neuware:{"},
        {"a YAML anchor", "id", "&neuware"},
        {"a character beyond ASCII", "id", "ne\xC3\xBCware"},
        {"200 characters", "id", std::string(200, 'n')},
        {"a backend that is there", "id", "cuda"},
        {"a service", "id", "vllm"},
        {"a name with a meaning of its own", "id", "common"},
        {"a folder that is there, though empty", "id", "hollow"},
        {"the language whose version is an argument already", "id", "python"},
        {"a program that takes such arguments for its own", "id", "uv"},
        {"another one", "id", "pip"},
        {"the environment of docker", "id", "docker"},
        {"arguments of every build", "id", "target"},
        {"the end of every tag", "id", "linux"},
        {"nothing", "name", ""},
        {"the name of another", "name", "NVIDIA CUDA"},
        {"the name of another in small letters", "name", "nvidia cuda"},
        {"a name that breaks the table", "name", "Neuware | Cambricon"},
        {"200 characters of a name", "name", std::string(200, 'N')},
        {"text that turns around", "name", "Neu\xE2\x80\xAEware"},
        {"a relative folder", "home", "usr/local/neuware"},
        {"a folder with a way out", "home", "/usr/../etc"},
        {"a folder with a command", "home", "/opt;reboot"},
        {"a folder of the system", "home", "/etc"},
        {"a folder below one of the system", "home", "/proc/self"},
        {"the root of all folders", "home", "/"},
        {"a folder that others share", "home", "/usr/local"},
        {"a version that is a word", "versions", "latest"},
        {"a version of one part", "versions", "4"},
        {"letters where the tag has numbers", "versions", "4.1rc1"},
        {"a version with a hyphen", "versions", "4.1-1"},
        {"a zero in front of a version", "versions", "04.1.0"},
        {"two versions with the same tags", "versions", "4.1.0, 4.1.2"},
        {"an image in upper case", "base_image", "Cambricon/PyTorch:1"},
        {"an image with two colons", "base_image", "cambricon/pytorch:1:2"},
        {"an image with a command", "base_image", "cambricon/pytorch:$(reboot)"},
        {"a stage instead of an image", "base_image", "vllm"},
        {"nothing to stand on", "base_image", "scratch"},
        {"an image of an unknown argument", "base_image", "cambricon/pytorch:${NOSUCH}"},
        {"an open reference", "base_image", "cambricon/pytorch:${NEUWARE_VERSION"},
        {"a Python that is none", "python", "3.12.1"},
        {"a Python that nobody has", "python", "3.99"},
        {"an unknown platform", "platforms", "linux/mlu"},
        {"a platform without accelerators", "platforms", "linux/mips"},
        {"a platform of another system", "platforms", "windows/amd64"},
        {"no platform", "platforms", ""},
        {"an argument of another backend", "variant_arg", "CUDA_ARCHS"},
        {"a service's version that is a word", "service-versions", "newest"},
        {"a service without a version", "service-versions", ""},
        {"a package with an option", "service-package", "vllm --pre"},
        {"an option for a package", "service-package", "-r"},
        {"a service's image that is none", "service-base_image", "vllm:"},
    };
}

/// "WHAT: FIELD is VALUE", with a long value cut.
inline std::string titleOf(const Refusal &refusal)
{
    constexpr std::size_t shown = 40;
    const bool isLong = refusal.value.size() > shown;
    std::string value = refusal.value.substr(0, shown);
    const std::string turned = "\xE2\x80\xAE";
    if (const std::size_t at = value.find(turned); at != std::string::npos)
        value.replace(at, turned.size(), "<U+202E>");
    return std::string(refusal.what) + ": " + refusal.field + " is \"" + value + (isLong ? "…" : "") + "\"";
}

/// Compares with a text of the project, or renews it where RUNNER_RENEW_GOLDEN is set.
inline void compareGolden(const QString &name, const QByteArray &text)
{
    const QString file = testdata::project(name);
    if (qEnvironmentVariableIsSet("RUNNER_RENEW_GOLDEN")) {
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
    }
    const QList<QByteArray> expected = testdata::read(file).split('\n');
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < std::min(expected.size(), lines.size()); ++i)
        QVERIFY2(lines[i] == expected[i],
                 ("line " + QByteArray::number(i + 1) + " is \"" + lines[i] + "\", not \"" + expected[i] + "\"")
                     .constData());
    QCOMPARE(lines.size(), expected.size());
}

} // namespace refusals
