// Whether the folders that onboarding writes to may be written to.
#include "onboard/fieldcheck.h"
#include "onboard/rehearsal.h"
#include "onboard/validate.h"
#include "workspace/paths.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace runner::onboard {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

class WritableCheck
{
public:
    explicit WritableCheck(const Workspace &centre) : m_centre(centre) {}

    /// The folder of that file, or the nearest one on the way to it that is there. Each is told once.
    void checkFolderOf(const std::string &file, const std::string &field)
    {
        fs::path folder = m_centre.root / file;
        do
            folder = folder.parent_path();
        while (!workspace::isPresent(folder) && folder != m_centre.root);
        if (!m_seen.insert(folder).second || ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0)
            return;
        const int error = errno;
        m_check.error(field, "onboard-folder-read-only",
                      "Nothing can be written to the folder " + folder.string() + ": " + std::strerror(error),
                      "Give yourself write permission (chmod u+w), or work in a copy of the pack centre");
    }

    void checkShared(const std::string &field)
    {
        checkFolderOf(m_centre.matrixFile, field);
        if (m_centre.layout == workspace::Layout::Older) {
            for (const char *file : {".github/workflows/pack.yml", "gpustack_runner/runner.py", "gpustack_runner/cmds/images.py"})
                checkFolderOf(file, field);
        }
    }

    FieldProblems take() { return std::move(m_check.problems); }

private:
    const Workspace &m_centre;
    FieldCheck m_check;
    std::set<fs::path> m_seen;
};

} // namespace

FieldProblems unwritable(const Workspace &centre, const BackendAnswers &)
{
    WritableCheck check(centre);
    check.checkFolderOf("pack/any", "id"); // Where the backend's own folder will be.
    check.checkShared("id");
    if (rehearses(centre))
        check.checkFolderOf(descriptionOf("any"), "id");
    return check.take();
}

FieldProblems unwritable(const Workspace &centre, const ServiceAnswers &answers)
{
    WritableCheck check(centre);
    check.checkShared("service.id");
    for (std::size_t i = 0; i < answers.backends.size(); ++i) {
        const std::string &backend = answers.backends[i].backend;
        if (workspace::isSafeName(backend))
            check.checkFolderOf("pack/" + backend + "/Dockerfile", indexed("backends", i) + ".backend");
    }
    if (rehearses(centre) && !answers.backends.empty())
        check.checkFolderOf(descriptionOf("any"), "service.id");
    return check.take();
}

} // namespace runner::onboard
