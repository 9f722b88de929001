// What is known about the chosen version: image names, the rule that builds it, its arguments, its problems.
#pragma once

#include "support/imagedetails.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace runner::ui {

class ArgumentList;
class ArgumentModel;
class WrappedText;
class YamlText;

class DetailsPane final : public QScrollArea
{
    Q_OBJECT

public:
    explicit DetailsPane(QWidget *parent = nullptr);

    /// Shows the entry of the workspace; -1 for none.
    void showEntry(const LoadedPointer &loaded, int entry);
    /// Copies the argument that the keyboard is on; false where it is elsewhere.
    bool copyArgument();

Q_SIGNALS:
    void copied(const QString &text);
    void left(); ///< Escape: back to the table.

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showHint();
    void buildOnce();
    void addHeading(const QString &text);
    WrappedText *addText(const QString &objectName);
    void buildArguments();
    void fill(const ImageDetails &details);
    void fillImages(const ImageDetails &details);
    void addImageRow(const ImageName &image);
    void showCurrentArgument();
    void copyText(const QString &text);

    QLabel *m_hint = nullptr;
    QWidget *m_body = nullptr; ///< Made when the first version is shown.
    QVBoxLayout *m_layout = nullptr;
    WrappedText *m_title = nullptr;
    WrappedText *m_states = nullptr;
    QWidget *m_images = nullptr;
    WrappedText *m_rule = nullptr;
    YamlText *m_ruleText = nullptr;
    QLabel *m_argumentsHint = nullptr;
    ArgumentList *m_arguments = nullptr;
    ArgumentModel *m_argumentModel = nullptr;
    WrappedText *m_problems = nullptr;
};

} // namespace runner::ui
