// Whether what onboarding writes may be written to.
#include "onboard/fieldcheck.h"
#include "onboard/rehearsal.h"
#include "onboard/validate.h"
#include "workspace/paths.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace runner::onboard {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

class WritableCheck
{
public:
    explicit WritableCheck(const Workspace &centre)
        : m_centre(centre)
    {
    }

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
                      std::string(error == EROFS ? "Mount it writable (mount -o remount,rw)"
                                                 : "Give yourself write permission (chmod u+w)")
                          + ", or work in a copy of the pack centre");
    }

    /// A file that is there and is changed: nobody may write it, as writeChanges() asks; and its folder.
    void checkFile(const std::string &file, const std::string &field)
    {
        struct stat status = {};
        constexpr mode_t anyWrite = 0222;
        checkFolderOf(file, field);
        if (!m_seen.insert(m_centre.root / file).second || ::stat((m_centre.root / file).c_str(), &status) != 0
            || (status.st_mode & anyWrite) != 0)
            return;
        m_check.error(field, "onboard-file-read-only", "The file " + file + " has to be changed, and it is read-only",
                      "Give yourself write permission (chmod u+w)");
    }

    void checkShared(const std::string &field)
    {
        checkFile(m_centre.matrixFile, field);
        if (m_centre.layout == workspace::Layout::Older) {
            for (const char *file :
                 {".github/workflows/pack.yml", ".github/workflows/discard.yml", ".github/workflows/prune.yml",
                  "gpustack_runner/runner.py", "gpustack_runner/cmds/images.py"})
                checkFile(file, field);
        }
    }

    FieldProblems take() { return std::move(m_check.problems); }

private:
    const Workspace &m_centre;
    FieldCheck m_check;
    std::set<fs::path> m_seen;
};

// Those that a service of the backend changes.
std::vector<std::string> filesOf(const Workspace &centre, const std::string &backend)
{
    std::vector<std::string> files{"pack/" + backend + "/Dockerfile"};
    if (describes(centre))
        files.push_back(descriptionOf(backend));
    return files;
}

} // namespace

FieldProblems unwritable(const Workspace &centre, const BackendAnswers &)
{
    WritableCheck check(centre);
    check.checkFolderOf("pack/any", "id"); // Where the backend's own folder will be.
    check.checkShared("id");
    if (describes(centre))
        check.checkFolderOf(descriptionOf("any"), "id");
    return check.take();
}

FieldProblems unwritable(const Workspace &centre, const ServiceAnswers &answers)
{
    WritableCheck check(centre);
    check.checkShared("service.id");
    for (std::size_t i = 0; i < answers.backends.size(); ++i) {
        const std::string &backend = answers.backends[i].backend;
        if (!workspace::isSafeName(backend))
            continue;
        for (const std::string &file : filesOf(centre, backend))
            check.checkFile(file, indexed("backends", i) + ".backend");
    }
    return check.take();
}

} // namespace runner::onboard
