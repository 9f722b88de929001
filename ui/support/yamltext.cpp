#include "support/yamltext.h"

#include "theme/theme.h"

#include <QEvent>

#include <algorithm>

#ifdef RUNNER_HAVE_HIGHLIGHTING
#if __has_include(<KSyntaxHighlighting/Repository>)
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>
#else
#include <Definition>
#include <Repository>
#include <SyntaxHighlighter>
#include <Theme>
#endif
#endif

namespace runner::ui {

namespace {

constexpr int maxLines = 12;

} // namespace

YamlText::YamlText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setFont(codeFont(font()));
    highlight();
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
        highlight();
}

void YamlText::highlight()
{
#ifdef RUNNER_HAVE_HIGHLIGHTING
    using namespace KSyntaxHighlighting;
    static Repository repository; // Reading its index takes long; one for the program's life.
    auto *highlighter = qobject_cast<SyntaxHighlighter *>(m_highlighter);
    if (!highlighter) {
        highlighter = new SyntaxHighlighter(document());
        highlighter->setDefinition(repository.definitionForName(QStringLiteral("YAML")));
        m_highlighter = highlighter;
    }
    const bool dark = runner::ui::Theme(palette()).dark;
    highlighter->setTheme(repository.defaultTheme(dark ? Repository::DarkTheme : Repository::LightTheme));
    highlighter->rehighlight();
#endif
}

} // namespace runner::ui
