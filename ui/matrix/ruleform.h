// The form for the selected rule, or for several together: backend, services, platforms, arguments.
#pragma once

#include "matrix/ruletreemodel.h"
#include "workspace/loadedworkspace.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QTableView;

namespace runner::ui {

class ArgumentsModel;
class ChoiceBox;
class MatrixDocument;
struct Choice;

class RuleForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleForm(QWidget *parent = nullptr);

    void setMatrix(MatrixDocument &matrix) { m_matrix = &matrix; }
    /// For hints and for what can be chosen.
    void setWorkspace(const LoadedPointer &loaded);
    /// Shows the rules as the matrix has them now. A disabled one is shown, not edited.
    void setRules(std::vector<RuleRef> rules);
    ArgumentsModel *arguments() const { return m_arguments; }
    QTableView *argumentTable() const { return m_table; }

Q_SIGNALS:
    void enableRequested(); ///< The user wants the disabled rule back.

private:
    void setUpFields();
    void setUpTable();
    void refresh();
    std::vector<const matrix::Rule *> chosen() const;
    std::vector<std::size_t> indices() const;
    void showHeading(const std::vector<const matrix::Rule *> &rules);
    void showBackend(const std::vector<const matrix::Rule *> &rules);
    void showServices(const std::vector<const matrix::Rule *> &rules);
    void showPlatforms(const std::vector<const matrix::Rule *> &rules);
    void setBackend(const QString &id);
    void setService(const QString &id, bool on);
    void setPlatform(const QString &id, bool on);
    void setArgument(const QString &name, const QString &value);
    void addArgument(const QString &name, const QString &value);
    void renameArgument(const QString &oldName, const QString &newName);
    void removeArguments();

    MatrixDocument *m_matrix = nullptr;
    LoadedPointer m_loaded;
    std::vector<RuleRef> m_rules;
    QLabel *m_heading = nullptr;
    QLabel *m_note = nullptr;
    QWidget *m_fields = nullptr;
    QComboBox *m_backend = nullptr;
    ChoiceBox *m_services = nullptr;
    ChoiceBox *m_platforms = nullptr;
    ArgumentsModel *m_arguments = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace runner::ui
