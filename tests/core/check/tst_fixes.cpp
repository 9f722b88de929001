// Every fix of a Dockerfile's finding, wherever it turns up: the finding goes, nothing new comes, and the text stays
// one that the fix was for. On this project's Dockerfiles with something broken in each of many ways, always the same
// ones.
#include "check/check.h"
#include "check/fix.h"
#include "testdata.h"
#include "workspace/workspace.h"

#include <QtTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

using namespace runner;

namespace {

using Lines = std::vector<std::string>;

Lines split(const std::string &text)
{
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    return lines;
}

std::string join(const Lines &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += line;
    return text;
}

/// One thing that somebody might do to a file; \a pick gives a number below its argument.
std::string broken(const std::string &text, const std::function<std::size_t(std::size_t)> &pick)
{
    static const char *const lines[] = {"RUN a && b\n",
                                        "RUN cd x && \\\n    y 'a && b' && z\n",
                                        "RUN --mount=type=cache,target=/c a && b <x\n",
                                        "SHELL [\"/bin/bash\", \"-c\"]\n",
                                        "SHELL [\"/bin/bash\", \"-ec\"]\n",
                                        "WORKDIR /work\n",
                                        "ENTRYPOINT [\"/usr/bin/tini\"]\n",
                                        "RUN something \\\n",
                                        "ENTRYPOINT [\"tini\", \"-g\", \"--\"]\n",
                                        "FROM scratch AS vllm\n",
                                        "RUN echo $CMAKE_MAX_JOBS\n",
                                        "ARG CMAKE_MAX_JOBS\n",
                                        "ARG NEW_ONE=1\n",
                                        "# NEW_ONE Something new.\nARG NEW_ONE\n",
                                        "#   NEW_TWO  REQUIRED  Something.\n",
                                        "#   NEW_TWO  PLACEHOLDER  Something.\n#       More of it.\n",
                                        "RUN <<EOF\n",
                                        "RUN a && \\\n# why\n    b\n",
                                        "RUN cat <<X && b\nx\nX\n",
                                        "\n"};
    Lines all = split(text);
    const std::size_t at = pick(all.size());
    switch (pick(5)) {
    case 0:
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
        break;
    case 1:
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), lines[pick(std::size(lines))]);
        break;
    case 2: {
        static const std::pair<const char *, const char *> words[] = {{"REQUIRED", "PLACEHOLDER"},
                                                                      {"OPTIONAL", "PLACEHOLDER"},
                                                                      {"PLACEHOLDER", "REQUIRED"},
                                                                      {"PLACEHOLDER", "optional"},
                                                                      {"-eo", "-o"},
                                                                      {"WORKDIR /", "WORKDIR /x"},
                                                                      {"<<EOF", "a && b"},
                                                                      {"\"--\"", "\"-x\""}};
        const auto &[word, other] = words[pick(std::size(words))];
        std::string result = text;
        if (const std::size_t found = result.find(word, pick(result.size())); found != std::string::npos)
            result.replace(found, std::string_view(word).size(), other);
        return result;
    }
    case 3:
        all.resize(at); // The end is missing.
        break;
    default:
        std::swap(all[at], all[pick(all.size())]);
    }
    return join(all);
}

std::multimap<std::string, Problem> byText(const Problems &problems)
{
    std::multimap<std::string, Problem> all;
    for (const Problem &problem : problems)
        all.emplace(problem.where.file + ": " + problem.id + ": " + problem.message, problem);
    return all;
}

} // namespace

class FixesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto opened = workspace::open(testdata::project().toStdString());
        QVERIFY(opened.has_value());
        m_workspace = *opened;
    }

    void eachMendsItsFinding_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_workspace->dockerfiles.size(); ++i)
            QTest::newRow(m_workspace->dockerfiles[i].file.fileName.c_str()) << static_cast<int>(i);
    }

    void eachMendsItsFinding()
    {
        QFETCH(int, index);
        const dockerfile::Dockerfile &file = m_workspace->dockerfiles[static_cast<std::size_t>(index)].file;
        std::mt19937 random(static_cast<unsigned>(index));
        const auto pick = [&random](std::size_t below) { return below == 0 ? 0 : random() % below; };
        int tried = 0;
        for (int i = 0; i < tries; ++i) {
            std::string text = broken(file.text, pick);
            if (i % 3 == 0)
                text = broken(text, pick);
            if (i % 4 == 0) // As another system writes it.
                text = QByteArray::fromStdString(text).replace("\n", "\r\n").toStdString();
            tried += tryFixes(file.fileName, text);
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("%d fixes", tried);
        QVERIFY(tried > 0);
    }

private:
    workspace::WorkspacePointer with(const std::string &file, const std::string &text) const
    {
        const auto changed = workspace::withTexts(m_workspace, {{file, std::make_shared<const std::string>(text)}});
        return changed ? *changed : nullptr;
    }

    int tryFixes(const std::string &file, const std::string &text)
    {
        const auto workspace = with(file, text);
        if (!workspace)
            return 0;
        const Problems problems = check::checkWorkspace(*workspace);
        int tried = 0;
        std::set<std::string> ids;
        for (const Problem &problem : problems) {
            if (problem.where.file != file || !ids.insert(problem.id).second)
                continue;
            for (const check::Fix &fix : check::fixesFor(*workspace, problem)) {
                ++tried;
                expectMended(problems, problem, fix, text);
            }
        }
        return tried;
    }

    void expectMended(const Problems &before, const Problem &problem, const check::Fix &fix, const std::string &text)
    {
        QVERIFY(text::fits(fix.patches, text.size()));
        const std::string mended = text::patched(text, fix.patches);
        const auto workspace = with(fix.file, mended);
        QVERIFY(workspace);
        auto known = byText(before);
        const auto key = byText({problem}).begin()->first;
        known.erase(known.find(key));
        for (const auto &[each, found] : byText(check::checkWorkspace(*workspace))) {
            const auto same = known.find(each);
            const std::string told = fix.title + " for " + diagnostics::describe(problem) + "\nleaves or brings "
                                     + diagnostics::describe(found) + "\n---\n" + text + "\n--- mended:\n" + mended;
            QVERIFY2(same != known.end(), told.c_str());
            known.erase(same);
        }
    }

    static constexpr int tries = 20; // A file.
    workspace::WorkspacePointer m_workspace;
};

QTEST_GUILESS_MAIN(FixesTest)
#include "tst_fixes.moc"
