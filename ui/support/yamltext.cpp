#include "support/yamltext.h"

#include "editor/blockhighlighter.h"

#include <QEvent>

namespace runner::ui {

namespace {

constexpr int maxLines = 12;

} // namespace

YamlText::YamlText(QWidget *parent)
    : WrappedText(parent)
    , m_highlighter(new BlockHighlighter(document()))
{
    setMaxLines(maxLines);
    setFont(codeFont(font()));
    m_highlighter->setLanguage(Language::Yaml);
    m_highlighter->setTheme(CodeTheme(palette()));
}

void YamlText::changeEvent(QEvent *event)
{
    WrappedText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setTheme(CodeTheme(palette()));
}

} // namespace runner::ui
