// A read-only box of YAML text, in colour where KSyntaxHighlighting is there.
#pragma once

#include <QPlainTextEdit>

namespace runner::ui
{

class BlockHighlighter;

class YamlText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit YamlText(QWidget *parent = nullptr);

    /// Sets the text and takes the height it needs, up to a dozen lines.
    void showText(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    BlockHighlighter *m_highlighter;
};

} // namespace runner::ui
