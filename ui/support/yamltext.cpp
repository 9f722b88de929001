#include "support/yamltext.h"

#include "editor/blockhighlighter.h"

#include <QEvent>

#include <algorithm>

namespace runner::ui
{

namespace
{

constexpr int maxLines = 12;

} // namespace

YamlText::YamlText(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new BlockHighlighter(document()))
{
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setFont(codeFont(font()));
    m_highlighter->setLanguage(Language::Yaml);
    m_highlighter->setTheme(CodeTheme(palette()));
}

void YamlText::showText(const QString &text)
{
    setPlainText(text);
    const int lines = std::clamp(blockCount(), 2, maxLines);
    setFixedHeight(lines * fontMetrics().lineSpacing() + 2 * gridUnit + 2 * frameWidth());
}

void YamlText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setTheme(CodeTheme(palette()));
}

} // namespace runner::ui
