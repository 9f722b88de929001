// The wizards in the real window, with keys and clicks, on a copy of this repository's own pack centre.
#pragma once

#include "centre.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "onboard/nextpage.h"
#include "onboard/onboardwizard.h"
#include "theme/theme.h"
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
#include <QTabWidget>
#include <QTableView>

#include <memory>

inline void copyTree(const QString &from, const QString &to)
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

inline QMap<QString, QByteArray> bytesBelow(const QString &folder)
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

/// The window on that copy, and hands for the wizards.
class OnboardWindow : public QObject
{
    Q_OBJECT

public:
    using CodeEditor = runner::ui::CodeEditor;
    using OnboardWizard = runner::ui::OnboardWizard;

    void setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->filePath(QStringLiteral("centre"));
        copyTree(QStringLiteral(RUNNER_SOURCE_DIR "/pack"), m_root + QStringLiteral("/pack"));
        copyTree(QStringLiteral(RUNNER_SOURCE_DIR "/tests/e2e/rehearsal"),
                 m_root + QStringLiteral("/tests/e2e/rehearsal"));
        QVERIFY(QFile::copy(QStringLiteral(RUNNER_SOURCE_DIR "/matrix.yml"), m_root + QStringLiteral("/matrix.yml")));
        start();
    }

    /// The window on what lies in m_root, below m_folder.
    void start()
    {
        qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
        m_settings = std::make_unique<runner::ui::Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<runner::ui::MainWindow>(*m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QSignalSpy loaded(m_window->loader(), &runner::ui::WorkspaceLoader::loaded);
        m_window->openFolder(m_root);
        QVERIFY(loaded.count() > 0 || loaded.wait());
        QTRY_VERIFY(matrixDocument());
        m_before = bytesBelow(m_root);
    }

    void tearDown()
    {
        if (m_window)
            m_window->documents()->discard();
        m_window.reset();
        m_settings.reset();
    }

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
        QString text = editor<QLabel>((QByteArray(field) + "-problem").constData())->text();
        return text.remove(QChar(0x2060)); // Keeps words together.
    }

    QAbstractButton *button(QWizard::WizardButton which) const { return wizard()->button(which); }

    void open(const char *action)
    {
        m_window->findChild<QAction *>(QLatin1String(action))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(wizard(), 20000);
        QVERIFY(QTest::qWaitForWindowExposed(wizard()));
    }

    /// The window again, on what is on the disk now.
    void reopen()
    {
        QSignalSpy loaded(m_window->loader(), &runner::ui::WorkspaceLoader::loaded);
        m_window->openFolder(m_root);
        QVERIFY(loaded.count() > 0 || loaded.wait());
        m_before = bytesBelow(m_root);
    }

    runner::ui::TextDocument *matrixDocument() const { return m_window->matrix()->document(); }
    void trigger(const char *action) { m_window->findChild<QAction *>(QLatin1String(action))->trigger(); }
    static QString plainText(QString text) { return text.remove(u'&'); }
    QString plain(const char *action) const
    {
        return plainText(m_window->findChild<QAction *>(QLatin1String(action))->text());
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
            QWidget *editor = QApplication::focusWidget(); // A line, or a box of choices.
            QVERIFY(editor && viewport->isAncestorOf(editor));
            QTest::keyClicks(editor, cell);
            QTest::keyClick(editor, Qt::Key_Tab);
        }
    }

    /// What the pages hold, as the wizard would take it.
    template <typename Page, typename Answers>
    Answers collected() const
    {
        Answers answers;
        for (const int id : wizard()->pageIds()) {
            if (const auto *page = dynamic_cast<const Page *>(wizard()->page(id)))
                page->collect(answers);
        }
        return answers;
    }

    void answerIdentity()
    {
        type("id", "neuware");
        QCOMPARE(editor<QLineEdit>("home")->text(), QStringLiteral("/usr/local/neuware")); // suggested
        type("name", "Cambricon Neuware");
        type("title", "Neuware");
        type("versions", "4.2.1");
        picture("identity");
    }

    void answerRuntime()
    {
        type("base_image", "docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04");
        type("python", "3.10");
        QVERIFY(editor<QLineEdit>("variant_arg")->text().isEmpty());
        addRow("variants", {QStringLiteral("mlu590"), QStringLiteral("MLU590")});
        QCOMPARE(editor<QLineEdit>("variant_arg")->text(), QStringLiteral("NEUWARE_ARCHS")); // suggested
        picture("runtime");
    }

    void answerServices()
    {
        tick("services", "vLLM");
        type("versions", "0.11.0");
        picture("services");
    }

    void nothing() {}

    void nextAnd(void (OnboardWindow::*answer)())
    {
        const int id = wizard()->currentId();
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QVERIFY(wizard()->currentId() != id);
        (this->*answer)();
    }

    void toReview()
    {
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
    }

    void answerNeuware()
    {
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        nextAnd(&OnboardWindow::nothing);
        picture("details");
        toReview();
    }

    void answerTei()
    {
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
        toReview();
    }

    /// The wizard's last page is closed; the window has read what is there now.
    void finish()
    {
        QTest::mouseClick(button(QWizard::FinishButton), Qt::LeftButton);
        QTRY_VERIFY(!wizard());
        QTRY_VERIFY(!m_window->loader()->isLoading());
    }

    void onboardAndFinish()
    {
        open("onboardBackend");
        answerNeuware();
        apply();
        finish();
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
        QCOMPARE(wizard()->currentPage()->subTitle(),
                 QStringLiteral("Nothing is written any more: it was taken back."));
        QVERIFY(!find<QLabel>("nextWritten")->text().startsWith(QStringLiteral("Written")));
    }

    /// What is there now has no problem that it did not have before.
    void expectSound()
    {
        const auto before = centre::load(QStringLiteral(RUNNER_SOURCE_DIR));
        const auto after = centre::load(m_root);
        QVERIFY(before && after);
        for (const runner::Problem &found : after->problems) {
            const bool known =
                std::any_of(before->problems.begin(), before->problems.end(), [&](const runner::Problem &old) {
                    return old.id == found.id && old.message == found.message;
                });
            QVERIFY2(known || found.severity == runner::Severity::Note, runner::diagnostics::describe(found).c_str());
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
            const bool planned =
                std::any_of(loaded->plan().jobs.begin(), loaded->plan().jobs.end(), [&](const auto &job) {
                    return job.backend == image.backend && job.service == image.service
                           && job.platform == image.platform;
                });
            QVERIFY2(planned, (image.backend + " " + image.service + " " + image.platform).c_str());
        }
    }

    /// For those who want to see the pages: RUNNER_PICTURES names a folder. In light and dark, usual, small and large.
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("RUNNER_PICTURES");
        if (folder.isEmpty())
            return;
        const QSize usual = wizard()->size();
        const auto take = [&](const char *kind, const QSize &size, const QPalette &palette) {
            QApplication::setPalette(palette);
            wizard()->resize(size);
            QTest::qWait(50);
            wizard()->grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), QLatin1String(kind)));
        };
        take("small", {480, 360}, runner::ui::lightPalette());
        take("smalldark", {480, 360}, runner::ui::darkPalette());
        take("large", {2560, 1440}, runner::ui::darkPalette());
        take("dark", {960, 704}, runner::ui::darkPalette());
        take("light", {960, 704}, runner::ui::lightPalette());
        wizard()->resize(usual);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
    QMap<QString, QByteArray> m_before;
    std::unique_ptr<runner::ui::Settings> m_settings;
    std::unique_ptr<runner::ui::MainWindow> m_window;
};
