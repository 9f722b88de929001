// What is known about the chosen version: image names, the rule that builds it, its arguments, its problems.
#pragma once

#include "support/imagedetails.h"

#include <QScrollArea>

class QLabel;
class QTreeView;
class QVBoxLayout;

namespace runner::ui {

class ArgumentModel;
class YamlText;

class DetailsPane final : public QScrollArea
{
    Q_OBJECT

public:
    explicit DetailsPane(QWidget *parent = nullptr);

    /// Shows the entry of the workspace; -1 for none.
    void showEntry(const LoadedPointer &loaded, int entry);

Q_SIGNALS:
    void copied(const QString &text);

private:
    void showHint();
    void buildOnce();
    void addHeading(const QString &text);
    QLabel *addLabel(const QString &objectName);
    void buildArguments();
    void fill(const ImageDetails &details);
    void fillImages(const ImageDetails &details);
    void addImageRow(const ImageName &image);
    void copyText(const QString &text);

    QLabel *m_hint = nullptr;
    QWidget *m_body = nullptr; ///< Made when the first version is shown.
    QVBoxLayout *m_layout = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_states = nullptr;
    QWidget *m_images = nullptr;
    QLabel *m_rule = nullptr;
    YamlText *m_ruleText = nullptr;
    QLabel *m_argumentsHint = nullptr;
    QTreeView *m_arguments = nullptr;
    ArgumentModel *m_argumentModel = nullptr;
    QLabel *m_problems = nullptr;
};

} // namespace runner::ui
