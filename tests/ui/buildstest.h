// The place "Builds" on a small pack centre, with a docker of the tests' own that plays recorded builds.
#pragma once

#include "centre.h"
#include "testdata.h"

#include "builds/buildlistmodel.h"
#include "builds/buildpage.h"
#include "builds/buildsplace.h"
#include "builds/planmodel.h"
#include "builds/planpage.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "log/logpane.h"
#include "log/logview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>

using namespace runner;
using namespace runner::ui;

class BuildsTest : public QObject
{
protected:
    void setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("centre")));
        QVERIFY(centre::lay(m_folder->filePath(QStringLiteral("centre"))));
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_environment.clear();
        m_documents = std::make_unique<DocumentSet>();
        m_documents->setRoot(m_folder->filePath(QStringLiteral("centre")).toStdString());
        m_matrix = std::make_unique<MatrixDocument>();
    }

    template <typename T>
    T *child(const char *name) const
    {
        T *found = m_place->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    std::string log(const char *name) const { return m_folder->filePath(QLatin1String(name)).toStdString(); }
    /// Answers the next question of that name.
    void answer(QWidget &parent, const char *name, QMessageBox::ButtonRole role)
    {
        QTimer::singleShot(100, this, [&parent, name, role] {
            auto *box = parent.findChild<QMessageBox *>(QLatin1String(name));
            if (!box)
                qFatal("%s was not asked", name);
            for (QAbstractButton *button : box->buttons()) {
                if (box->buttonRole(button) == role)
                    return button->click();
            }
        });
    }
    /// A pack centre whose sglang begins with its vllm.
    void layTwoImages()
    {
        const QString folder = m_folder->filePath(QStringLiteral("centre"));
        QByteArray matrix = centre::matrixText();
        matrix.replace("      - \"vllm\"\n", "      - \"vllm\"\n      - \"sglang\"\n");
        matrix.replace("      - \"VLLM_VERSION=0.17.1\"\n",
                       "      - \"VLLM_VERSION=0.17.1\"\n      - \"SGLANG_VERSION=0.6.0\"\n");
        centre::write(folder + QStringLiteral("/matrix.yml"), matrix);
        centre::write(
            folder + QStringLiteral("/pack/cuda/Dockerfile"),
            "ARG CUDA_VERSION=12.8.0\nARG VLLM_VERSION=0.1.0\nARG SGLANG_VERSION=0.1.0\nFROM scratch AS vllm\n"
            "ENV V=1\nFROM gpustack/runner:cuda12.9-vllm${VLLM_VERSION} AS sglang\nENV S=1\n");
    }
    void tickAllAndRelease()
    {
        m_place->newBuild();
        QTest::mouseClick(child<QPushButton>("planTickAll"), Qt::LeftButton);
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        child<QCheckBox>("planManifests")->setChecked(true);
        child<QCheckBox>("planRelease")->setChecked(true);
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
    }
    QString cardText() const
    {
        const auto *text = m_place->findChild<QLabel *>(QStringLiteral("planCardText"));
        return text ? text->text() : QString();
    }
    void set(const char *name, const std::string &value) { m_environment.emplace_back(name, value); }
    void play(const char *name)
    {
        set("FAKE_DOCKER_STREAM",
            testdata::project(QStringLiteral("tests/data/rawjson/") + QString::fromLatin1(name)).toStdString());
    }
    void open()
    {
        m_place = std::make_unique<BuildsPlace>(*m_settings, m_folder->filePath(QStringLiteral("state")).toStdString(),
                                                build::Tool{FAKE_DOCKER, m_environment});
        m_place->resize(1200, 760);
        m_place->show();
        m_place->setWorkspace(centre::load(m_folder->filePath(QStringLiteral("centre"))));
    }
    void reopen()
    {
        m_place.reset();
        open();
        QTRY_VERIFY(m_place->model()->rowCount() > 0);
    }
    void tick()
    {
        PlanModel *model = m_place->plan()->model();
        model->setData(model->index(0, 0), Qt::Checked, Qt::CheckStateRole);
    }
    void build()
    {
        m_place->newBuild();
        tick();
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
    }
    void choose(int row) { child<QListView>("buildList")->setCurrentIndex(m_place->model()->index(row)); }
    /// Of the newest; nothing that an outcome can be while the list is empty.
    int outcome() const
    {
        const QVariant outcome = m_place->model()->index(0).data(BuildListModel::OutcomeRole);
        return outcome.isValid() ? outcome.toInt() : -9;
    }
    LogView *log() const { return m_place->page()->log()->view(); }
    QString summary() const { return child<QLabel>("buildSummary")->text(); }
    QString title() const
    {
        for (const QLabel *label : m_place->findChildren<QLabel *>(QStringLiteral("emptyStateTitle")))
            return label->text();
        return {};
    }
    /// Whether the question came; answers it.
    bool closingAsks(bool end)
    {
        bool asked = false;
        QTimer::singleShot(200, this, [&] {
            auto *box = m_place->findChild<QMessageBox *>(QStringLiteral("closeWithBuilds"));
            asked = box != nullptr;
            if (box)
                QTest::keyClick(box, end ? Qt::Key_Return : Qt::Key_Escape);
        });
        const bool closes = m_place->mayClose();
        return asked && closes == end;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<DocumentSet> m_documents;
    std::unique_ptr<MatrixDocument> m_matrix;
    std::unique_ptr<BuildsPlace> m_place;
    build::Pairs m_environment;
};
