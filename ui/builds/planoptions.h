// How images are to be built: where the result goes, the builder, the cache.
#pragma once

#include "build/builders.h"
#include "build/plan.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace runner::ui {

class PlanOptions final : public QWidget
{
    Q_OBJECT

public:
    explicit PlanOptions(QWidget *parent = nullptr);

    /// \a naming: the matrix's; the namespace may be another one.
    build::Options build(const matrix::ImageNaming &naming) const;
    build::PlanOptions plan() const;
    /// Shows these: the inverse of build(), plan(), archiveFolder() and arguments(). A builder that is not listed is
    /// left to choose.
    void set(const build::Options &how, const build::PlanOptions &plan, const std::vector<std::string> &arguments);
    /// Each image becomes a file in archiveFolder().
    bool makesArchives() const;
    QString archiveFolder() const;
    /// NAME=VALUE, those that are given besides the matrix's; what is none stands there as it was typed.
    std::vector<std::string> arguments() const;
    /// The namespace that stands there when none is typed.
    void setNamespace(const QString &matrixNamespace);
    void setBuilders(const std::vector<build::Builder> &builders);

Q_SIGNALS:
    void changed();
    void buildersWanted(); ///< The user wants to see and change them.

private:
    void addResult(QFormLayout *form);
    void addPlan(QFormLayout *form);
    void addBuilder(QFormLayout *form);
    void addArguments(QFormLayout *form);
    void addMachine(QFormLayout *form);
    void addCache(QFormLayout *form);
    void addAttestations(QFormLayout *form);
    QPlainTextEdit *addLines(QFormLayout *form, const QString &name, const QString &label, const QString &hint,
                             const QString &tip);
    QLineEdit *addWords(QFormLayout *form, const QString &name, const QString &label, const QString &value,
                        const QString &tip);
    QCheckBox *addBox(QFormLayout *form, const QString &name, const QString &text, const QString &tip);
    void setTicks(const build::Options &how, const build::PlanOptions &plan);
    void updateShown();
    void chooseFolder();

    QComboBox *m_output = nullptr;
    QLineEdit *m_folder = nullptr;
    QPushButton *m_choose = nullptr;
    QLineEdit *m_namespace = nullptr;
    QCheckBox *m_manifests = nullptr;
    QCheckBox *m_release = nullptr;
    QComboBox *m_builder = nullptr;
    QPlainTextEdit *m_arguments = nullptr;
    QPlainTextEdit *m_contexts = nullptr;
    QLineEdit *m_limits = nullptr;
    QLineEdit *m_sharedMemory = nullptr;
    QLineEdit *m_entitlements = nullptr;
    QCheckBox *m_cacheFrom = nullptr;
    QCheckBox *m_cacheTo = nullptr;
    QCheckBox *m_noCache = nullptr;
    QCheckBox *m_pull = nullptr;
    QCheckBox *m_provenance = nullptr;
    QCheckBox *m_sbom = nullptr;
    QCheckBox *m_dryRun = nullptr;
};

} // namespace runner::ui
