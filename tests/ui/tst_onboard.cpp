// The wizards in the real window, with keys and clicks, on a copy of this repository's own pack centre.
#include "centre.h"
#include "editor/codeeditor.h"
#include "onboard/onboardwizard.h"
#include "window/mainwindow.h"

#include "check/check.h"
#include "expand/plan.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTreeView>

#include <memory>

using namespace runner;
using namespace runner::ui;

namespace {

void copyTree(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    QDirIterator all(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString file = all.next();
        const QString target = to + file.mid(from.size());
        QVERIFY(QDir().mkpath(QFileInfo(target).absolutePath()));
        QVERIFY(QFile::copy(file, target));
    }
}

QMap<QString, QByteArray> bytesBelow(const QString &folder)
{
    QMap<QString, QByteArray> bytes;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (file.open(QIODevice::ReadOnly))
            bytes[file.fileName().mid(folder.size())] = file.readAll();
    }
    return bytes;
}

} // namespace

class TestOnboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->filePath(QStringLiteral("centre"));
        copyTree(QStringLiteral(RUNNER_SOURCE_DIR "/pack"), m_root + QStringLiteral("/pack"));
        copyTree(QStringLiteral(RUNNER_SOURCE_DIR "/tests/e2e/rehearsal"), m_root + QStringLiteral("/tests/e2e/rehearsal"));
        QVERIFY(QFile::copy(QStringLiteral(RUNNER_SOURCE_DIR "/matrix.yml"), m_root + QStringLiteral("/matrix.yml")));
        qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QSignalSpy loaded(m_window->loader(), &WorkspaceLoader::loaded);
        m_window->openFolder(m_root);
        QVERIFY(loaded.count() > 0 || loaded.wait());
        m_before = bytesBelow(m_root);
    }

    void cleanup()
    {
        m_window.reset();
        m_settings.reset();
    }

    void aBackend()
    {
        open("onboardBackend");
        answerNeuware();
        picture("review");
        QVERIFY(find<QListWidget>("reviewFiles")->count() >= 2);
        QVERIFY(find<QTreeView>("reviewImages")->model()->rowCount() >= 1);
        QVERIFY2(find<QLabel>("reviewState")->text().contains(QStringLiteral("find nothing")),
                 qPrintable(find<QLabel>("reviewState")->text()));
        apply();
        picture("next");
        QVERIFY(QFile::exists(m_root + QStringLiteral("/pack/neuware/Dockerfile")));
        expectSound();
        expectImages({{"neuware", "vllm", "linux/amd64"}, {"neuware", "vllm", "linux/arm64"}});
        QTRY_VERIFY(m_window->loader()->current()->workspace->matrix.findBackend("neuware"));
        takeBack();
    }

    void aService()
    {
        open("onboardService");
        type("id", "tei");
        type("name", "TEI");
        type("versions", "1.7.0");
        type("package", "text-embeddings-inference");
        choose("installation", 1);
        picture("service-identity");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        tick("backends", "NVIDIA CUDA");
        tick("backends", "AMD ROCm");
        picture("service-targets");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        picture("service-review");
        QVERIFY2(find<QLabel>("reviewState")->text().contains(QStringLiteral("find nothing")),
                 qPrintable(find<QLabel>("reviewState")->text()));
        apply();
        expectSound();
        expectImages({{"cuda", "tei", "linux/amd64"}, {"rocm", "tei", "linux/amd64"}});
        takeBack();
    }

    void saysWhatIsWrongBesideTheField()
    {
        open("onboardBackend");
        type("id", "Cuda/..");
        QTest::keyClick(editor<QLineEdit>("id"), Qt::Key_Tab);
        const QString wrong = problem("id");
        QVERIFY(!wrong.isEmpty());
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QCOMPARE(wizard()->currentId(), wizard()->startId());
        QVERIFY(!problem("versions").isEmpty());
        picture("wrong");
        type("id", "cuda");
        QVERIFY(problem("id") != wrong);
        QVERIFY(problem("id").contains(QStringLiteral("cuda")));
        type("id", "neuware");
        QVERIFY(!problem("id").contains(QStringLiteral("cuda")));
    }

    void beginsLikeABackend()
    {
        open("onboardBackend");
        type("id", "neuware");
        choose("model", 1);
        QTest::keyClick(editor<QComboBox>("model"), Qt::Key_Return);
        QCOMPARE(editor<QLineEdit>("id")->text(), QStringLiteral("neuware"));
    }

    void editsAFileBeforeItIsApplied()
    {
        open("onboardBackend");
        answerNeuware();
        auto *files = find<QListWidget>("reviewFiles");
        for (int row = 0; row < files->count(); ++row) {
            if (files->item(row)->text().contains(QStringLiteral("neuware/Dockerfile")))
                files->setCurrentRow(row);
        }
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("# A line of my own."));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!button(QWizard::CommitButton)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        QVERIFY(find<CodeEditor>("reviewDifference")->text().contains(QStringLiteral("A line of my own.")));
        apply();
        QFile file(m_root + QStringLiteral("/pack/neuware/Dockerfile"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("# A line of my own.\n"));
        takeBack();
    }

    void aFileThatChangedMeanwhileIsNotOverwritten()
    {
        open("onboardBackend");
        answerNeuware();
        QFile matrix(m_root + QStringLiteral("/matrix.yml"));
        QVERIFY(matrix.open(QIODevice::Append));
        matrix.write("# changed meanwhile\n");
        matrix.close();
        const auto changed = bytesBelow(m_root);
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>("reviewState")->text().contains(QStringLiteral("matrix.yml")));
        QCOMPARE(bytesBelow(m_root), changed);
    }

private:
    OnboardWizard *wizard() const { return m_window->findChild<OnboardWizard *>(); }

    template <typename T>
    T *find(const char *name) const
    {
        T *found = wizard()->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no object is named %s", name);
        return found;
    }

    template <typename T>
    T *editor(const char *field) const
    {
        T *found = wizard()->currentPage()->findChild<T *>(QStringLiteral("field-") + QLatin1String(field));
        if (!found)
            qFatal("no field is named %s", field);
        return found;
    }

    QString problem(const char *field) const
    {
        return editor<QLabel>((QByteArray(field) + "-problem").constData())->text();
    }

    QAbstractButton *button(QWizard::WizardButton which) const { return wizard()->button(which); }

    void open(const char *action)
    {
        m_window->findChild<QAction *>(QLatin1String(action))->trigger();
        QVERIFY(wizard());
        QVERIFY(QTest::qWaitForWindowExposed(wizard()));
    }

    void type(const char *field, const char *text)
    {
        auto *line = editor<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QLatin1String(text));
    }

    void choose(const char *field, int row)
    {
        auto *box = editor<QComboBox>(field);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < row; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentIndex(), row);
    }

    void tick(const char *field, const char *name)
    {
        auto *list = editor<QListWidget>(field);
        const auto found = list->findItems(QLatin1String(name), Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        list->setFocus();
        list->setCurrentItem(found.first());
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(found.first()->checkState(), Qt::Checked);
    }

    /// A row of a table: the add button, then the cells from left to right.
    void addRow(const char *table, const QStringList &cells)
    {
        QTest::mouseClick(find<QPushButton>((QByteArray(table) + "Add").constData()), Qt::LeftButton);
        const QWidget *viewport = find<QTableView>((QByteArray(table) + "Table").constData())->viewport();
        for (const QString &cell : cells) {
            auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
            QVERIFY(line && viewport->isAncestorOf(line));
            QTest::keyClicks(line, cell);
            QTest::keyClick(line, Qt::Key_Tab);
        }
    }

    void answerNeuware()
    {
        type("id", "neuware");
        type("name", "Cambricon Neuware");
        type("title", "Neuware");
        type("home", "/usr/local/neuware");
        type("versions", "4.2.1");
        picture("identity");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        type("base_image", "docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04");
        type("python", "3.10");
        addRow("variants", {QStringLiteral("mlu590"), QStringLiteral("MLU590")});
        type("variant_arg", "NEUWARE_ARCHS");
        picture("runtime");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        tick("services", "vLLM");
        auto *versions = wizard()->currentPage()->findChild<QLineEdit *>(QStringLiteral("field-versions"));
        QVERIFY(versions->isEnabled());
        QTest::keyClicks(versions, QStringLiteral("0.11.0"));
        picture("services");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        picture("details");
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
    }

    void apply()
    {
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(wizard()->review()->applied().has_value(), 20000);
        QTRY_COMPARE(wizard()->currentPage()->title(), QStringLiteral("What to do next"));
    }

    void takeBack()
    {
        QTest::mouseClick(find<QPushButton>("takeBack"), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>("nextState")->text().startsWith(QStringLiteral("Taken back")));
        QCOMPARE(bytesBelow(m_root), m_before);
    }

    /// What is there now has no problem that it did not have before.
    void expectSound()
    {
        const auto before = centre::load(QStringLiteral(RUNNER_SOURCE_DIR));
        const auto after = centre::load(m_root);
        QVERIFY(before && after);
        for (const Problem &found : after->problems) {
            const bool known = std::any_of(before->problems.begin(), before->problems.end(), [&](const Problem &old) {
                return old.id == found.id && old.message == found.message;
            });
            QVERIFY2(known || found.severity == Severity::Note, diagnostics::describe(found).c_str());
        }
    }

    struct Image
    {
        std::string backend, service, platform;
    };

    void expectImages(const std::vector<Image> &images)
    {
        const auto loaded = centre::load(m_root);
        for (const Image &image : images) {
            const bool planned = std::any_of(loaded->plan().jobs.begin(), loaded->plan().jobs.end(), [&](const auto &job) {
                return job.backend == image.backend && job.service == image.service && job.platform == image.platform;
            });
            QVERIFY2(planned, (image.backend + " " + image.service + " " + image.platform).c_str());
        }
    }

    /// For those who want to see the pages: RUNNER_PICTURES names a folder.
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("RUNNER_PICTURES");
        if (!folder.isEmpty())
            wizard()->grab().save(QStringLiteral("%1/onboard-%2.png").arg(folder, QLatin1String(name)));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
    QMap<QString, QByteArray> m_before;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestOnboard)
#include "tst_onboard.moc"
