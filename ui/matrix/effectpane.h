// "What this edit does": the images it changes, and the changed lines, against the file on disk or git's HEAD.
#pragma once

#include "matrix/effectloader.h"
#include "matrix/effectmodel.h"
#include "workspace/loadedworkspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTabWidget;
class QTreeView;

namespace runner::ui {

class CodeEditor;

class EffectPane final : public QWidget
{
    Q_OBJECT

public:
    explicit EffectPane(QWidget *parent = nullptr);

    void setWorkspace(const LoadedPointer &loaded);
    EffectModel *model() const { return m_model; }
    /// The text of the difference that is shown.
    QString difference() const;
    /// Whether the text can be read as it is now: else nothing is known of what it does.
    void setReadable(bool readable);
    void setBaseline(EffectBaseline baseline);

Q_SIGNALS:
    void ruleActivated(std::size_t rule); ///< By its index in the matrix.
    void refreshed();                     ///< Shows the effect of the last state that was given.

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    QWidget *makeHeader();
    void layOutImages();
    void showImages(bool any);
    void setUpTabs();

    EffectLoader *m_loader;
    LoadedPointer m_loaded;
    EffectModel *m_model;
    QComboBox *m_baseline = nullptr;
    QLabel *m_summary = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTreeView *m_images = nullptr;
    CodeEditor *m_difference = nullptr;
    bool m_readable = true;
    bool m_imagesAgain = true; ///< They were looked at when there were some.
};

} // namespace runner::ui
