// The place "Pack" on a small pack centre, and hands for it.
#pragma once

#include "build/commandline.h"
#include "build/request.h"
#include "centre.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "editor/completion.h"
#include "pack/argumentcompletions.h"
#include "pack/overrides.h"
#include "pack/packfilemodel.h"
#include "pack/packplace.h"
#include "pack/previewmodel.h"
#include "pack/previewpane.h"
#include "pack/stagemodel.h"
#include "pack/stageview.h"
#include "pack/transcripts.h"
#include "text/shellwords.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

#include <memory>

using namespace runner;
using namespace runner::ui;

inline QByteArray dockerfileText()
{
    return "# CUDA_VERSION  REQUIRED     Version of CUDA.\n"
           "# VLLM_VERSION  REQUIRED     Version of vLLM.\n"
           "# VLLM_OLD      PLACEHOLDER  Nobody needs it.\n"
           "ARG CUDA_VERSION=12.8.0\n"
           "ARG VLLM_VERSION=0.1.0\n"
           "ARG VLLM_OLD=1\n"
           "ARG VLLM_SPARE=2\n"
           "FROM nvidia/cuda:${CUDA_VERSION} AS runtime\n"
           "FROM runtime AS vllm-build\n"
           "ARG VLLM_VERSION\n"
           "RUN <<EOF\n"
           "    echo \"${VLLM_VERSION}\"\n"
           "EOF\n"
           "FROM runtime AS other\n"
           "FROM runtime AS vllm\n"
           "COPY --from=vllm-build /a /b\n"
           "ENTRYPOINT [ \"tini\", \"--\" ]\n";
}

class PackTest : public QObject
{
protected:
    void setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        QVERIFY(centre::lay(m_folder->path()));
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")), dockerfileText());
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/common")));
        centre::write(m_folder->filePath(QStringLiteral("pack/common/clean.sh")), "#!/bin/bash\necho clean\n");
        m_place = std::make_unique<PackPlace>(*m_settings);
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/cuda/parts")));
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/parts/read.me")), "what is where\n");
        testModels();
        m_place->resize(1200, 700);
        m_place->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_place.get()));
        load();
    }

    void tearDown() { m_place.reset(); }

    void load()
    {
        m_loaded = centre::load(m_folder->path());
        QVERIFY(m_loaded);
        m_place->setWorkspace(m_loaded);
    }

    void openDockerfile()
    {
        QVERIFY(m_place->openFile(QStringLiteral("pack/cuda/Dockerfile")));
        QVERIFY(m_place->preview()->chooseImage(QStringLiteral("cuda12.9-vllm0.17.1"), QStringLiteral("linux/amd64")));
    }

    void testModels()
    {
        for (QAbstractItemModel *tested :
             {static_cast<QAbstractItemModel *>(m_place->stages()), static_cast<QAbstractItemModel *>(model()),
              static_cast<QAbstractItemModel *>(m_place->findChild<PackFileModel *>())})
            new QAbstractItemModelTester(tested, QAbstractItemModelTester::FailureReportingMode::QtTest, tested);
    }

    PreviewModel *model() const { return m_place->preview()->model(); }

    int rowOf(const char *name) const
    {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (model()->argument(row).name == name)
                return row;
        }
        return -1;
    }

    QString cell(const char *name, int column) const { return model()->index(rowOf(name), column).data().toString(); }

    QString complaint(const char *name) const { return model()->complaint(model()->argument(rowOf(name))); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<PackPlace> m_place;
    LoadedPointer m_loaded;
};
