// Answers and pack centres for tests of onboarding.
#pragma once

#include "onboard/proposal.h"
#include "onboard/spec.h"
#include "testdata.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <filesystem>
#include <map>
#include <string>

namespace onboardtest {

namespace fs = std::filesystem;
using namespace runner;

inline onboard::BackendAnswers neuware()
{
    return onboard::readBackendSpec(onboard::backendExample(), "spec.yml")->answers;
}

inline onboard::ServiceAnswers tei()
{
    return onboard::readServiceSpec(onboard::serviceExample(), "spec.yml")->answers;
}

/// Every file with its bytes and every folder, by its path.
inline std::map<std::string, std::string> treeOf(const fs::path &root)
{
    std::map<std::string, std::string> tree;
    for (const auto &entry : fs::recursive_directory_iterator(root))
        tree[entry.path().lexically_relative(root).string()] =
            entry.is_directory() ? std::string("(folder)")
                                 : testdata::read(QString::fromStdString(entry.path().string())).toStdString();
    return tree;
}

/// A pack centre in a folder of its own, with a place for journals beside it.
class Centre
{
public:
    Centre() { fs::create_directory(root()); }

    /// The project's own pack centre with what its rehearsals need.
    static std::unique_ptr<Centre> ofProject()
    {
        auto centre = std::make_unique<Centre>();
        for (const char *name : {"matrix.yml", "pack", "scripts/rehearse", "tests/e2e/rehearsal/rehearse"}) {
            const fs::path target = centre->root() / name;
            fs::create_directories(target.parent_path());
            fs::copy(fs::path(RUNNER_SOURCE_DIR) / name, target, fs::copy_options::recursive);
        }
        return centre;
    }

    fs::path root() const { return fs::canonical(m_folder.path().toStdString()) / "root"; }
    fs::path journals() const { return fs::canonical(m_folder.path().toStdString()) / "journals"; }

    void write(const std::string &name, const std::string &text) const
    {
        fs::create_directories((root() / name).parent_path());
        QFile file(QString::fromStdString((root() / name).string()));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
            qFatal("cannot write %s", name.c_str());
    }
    std::string read(const std::string &name) const
    {
        return testdata::read(QString::fromStdString((root() / name).string())).toStdString();
    }

    workspace::WorkspacePointer open() const
    {
        auto opened = workspace::open(root());
        if (!opened)
            qWarning("%s", diagnostics::describe(opened.error()).c_str());
        return opened ? *opened : nullptr;
    }

private:
    QTemporaryDir m_folder;
};

/// "FIELD ID; FIELD ID" of the errors.
inline std::string errorsOf(const onboard::FieldProblems &problems)
{
    std::string text;
    for (const onboard::FieldProblem &each : problems) {
        if (each.problem.severity == Severity::Error)
            text += (text.empty() ? "" : "; ") + each.field + " " + each.problem.id;
    }
    return text;
}

} // namespace onboardtest
