// What buildx builds on: list, inspect, disk use, prune, create, remove.
#pragma once

#include "build/builders.h"
#include "build/tool.h"

#include <QDialog>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace runner::ui {

class BuildersDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit BuildersDialog(build::Tool tool, QWidget *parent = nullptr);
    ~BuildersDialog() override;

    /// Creates a builder or adds a node; the list follows.
    void create(const build::NewBuilder &builder);

Q_SIGNALS:
    void buildersChanged();

private:
    QPushButton *addButton(QWidget *row, const QString &name, const QString &text, const QString &tip,
                           void (BuildersDialog::*slot)());
    void setUpList();
    QWidget *makeButtons();
    void refresh();
    void fill(const build::Answer &answer);
    void addItem(const build::Builder &builder);
    void onChosen();
    const build::Builder *chosen() const;
    /// Calls docker, says \a what meanwhile, then shows its answer and \a done.
    void call(const QString &what, const std::vector<std::string> &arguments,
              std::function<void(const build::Answer &)> done);
    void change(const QString &what, const std::vector<std::string> &arguments);
    void newBuilder();
    void inspect();
    void prune();
    void remove();
    void use();
    void showDiskUse(const build::Answer &answer);
    void updateButtons();
    bool confirm(const QString &name, const QString &question, const QString &button);

    build::Tool m_tool;
    std::vector<build::Builder> m_builders;
    build::CacheTotal m_total; ///< Of the chosen one, once it has told.
    QTreeWidget *m_list = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_disk = nullptr;
    QPlainTextEdit *m_details = nullptr;
    QPushButton *m_inspect = nullptr;
    QPushButton *m_prune = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_use = nullptr;
    bool m_busy = false;
    std::unique_ptr<build::ToolCall> m_call;
    std::unique_ptr<build::ToolCall> m_diskCall;
};

} // namespace runner::ui
