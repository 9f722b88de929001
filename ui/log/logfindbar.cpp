#include "log/logfindbar.h"

#include "log/loghit.h"
#include "log/logview.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace runner::ui {

namespace {

QToolButton *makeButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

QString shownCount(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

} // namespace

LogFindBar::LogFindBar(LogView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_what(new QLineEdit)
    , m_regular(new QCheckBox(tr("Regular e&xpression")))
    , m_case(new QCheckBox(tr("Match &case")))
    , m_count(new QLabel)
{
    setObjectName(QStringLiteral("logFindBar"));
    m_what->setObjectName(QStringLiteral("logFindText"));
    m_what->setPlaceholderText(tr("Find in the whole log"));
    m_what->setAccessibleName(m_what->placeholderText());
    m_what->setClearButtonEnabled(true);
    m_what->setMinimumWidth(16 * gridUnit);
    m_regular->setObjectName(QStringLiteral("logFindRegular"));
    m_regular->setToolTip(tr("Perl's syntax; a match is within one line"));
    m_case->setObjectName(QStringLiteral("logFindCase"));
    m_count->setObjectName(QStringLiteral("logFindCount"));
    m_count->setTextFormat(Qt::PlainText);
    QToolButton *back = makeButton(QStringLiteral("logFindBack"), QStringLiteral("↑"), tr("Previous match (Shift+F3)"));
    QToolButton *forward = makeButton(QStringLiteral("logFindForward"), QStringLiteral("↓"), tr("Next match (F3)"));
    QToolButton *close = makeButton(QStringLiteral("logFindClose"), QStringLiteral("×"), tr("Close (Escape)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    layout->addWidget(m_what, 1);
    for (QWidget *widget : {static_cast<QWidget *>(m_count), static_cast<QWidget *>(back), static_cast<QWidget *>(forward),
                            static_cast<QWidget *>(m_regular), static_cast<QWidget *>(m_case), static_cast<QWidget *>(close)})
        layout->addWidget(widget);
    connect(m_what, &QLineEdit::textChanged, this, &LogFindBar::restart);
    connect(m_regular, &QCheckBox::toggled, this, &LogFindBar::restart);
    connect(m_case, &QCheckBox::toggled, this, &LogFindBar::restart);
    connect(back, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(forward, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&m_search, &LogSearch::changed, this, &LogFindBar::onChanged);
    connect(m_view, &LogView::grown, this, [this] { m_search.more(); });
    hide();
}

void LogFindBar::open()
{
    const bool wasHidden = isHidden();
    const QString chosen = m_view->cursor().row < m_view->rows() ? m_view->selectedText() : QString();
    QWidget::show();
    if (!chosen.isEmpty() && !chosen.contains(u'\n') && chosen.size() < 200)
        m_what->setText(chosen);
    m_what->selectAll();
    m_what->setFocus(Qt::ShortcutFocusReason);
    if (wasHidden)
        restart();
}

void LogFindBar::sourceChanged()
{
    if (isHidden())
        m_search.stop();
    else
        restart();
}

void LogFindBar::restart()
{
    m_problem.clear();
    m_current.reset();
    m_search.stop();
    if (!m_what->text().isEmpty()) {
        const auto started = m_search.start(m_view->source(), {m_what->text().toStdString(), m_regular->isChecked(), m_case->isChecked()});
        if (!started)
            m_problem = QString::fromStdString(started.error().message);
        m_jump = started.has_value();
    }
    m_view->setMatcher(m_search.matcher());
    showCount();
}

void LogFindBar::onChanged()
{
    if (m_jump && m_search.kept() > 0) {
        m_jump = false;
        const auto found = m_search.from(m_view->source().offsetOf(m_view->cursor().row));
        if (found)
            show(*found);
    }
    showCount();
}

void LogFindBar::findNext(bool forward)
{
    if (isHidden() && !m_what->text().isEmpty()) {
        QWidget::show();
        restart();
        return;
    }
    const std::size_t kept = m_search.kept();
    if (kept == 0)
        return;
    const std::uint64_t row = m_view->cursor().row;
    const auto current = m_current ? m_search.at(*m_current) : std::nullopt;
    std::size_t next = 0;
    if (current && m_view->source().rowOf(current->line) == row)
        next = forward ? (*m_current + 1) % kept : (*m_current + kept - 1) % kept;
    else // The reader has gone elsewhere: on from there.
        next = (m_search.indexFrom(m_view->source().offsetOf(row)) + (forward ? 0 : kept - 1)) % kept;
    if (const auto found = m_search.at(next))
        show(*found);
    showCount();
}

void LogFindBar::show(const LogSearch::Found &found)
{
    m_current = found.index;
    showHit(*m_view, found, *m_search.matcher());
}

void LogFindBar::showCount()
{
    if (!m_problem.isEmpty()) {
        m_count->setText(m_problem);
        return;
    }
    if (!m_search.isActive()) {
        m_count->clear();
        return;
    }
    const QString more = m_search.isFinished() ? QString() : QStringLiteral("…");
    if (m_search.count() == 0)
        m_count->setText(m_search.isFinished() ? tr("No match") : tr("Searching…"));
    else if (m_current)
        m_count->setText(tr("%1 of %2%3").arg(shownCount(*m_current + 1), shownCount(m_search.count()), more));
    else
        m_count->setText(tr("%1 matches%2").arg(shownCount(m_search.count()), more));
}

void LogFindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        findNext(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

void LogFindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (event->spontaneous() || !isHidden())
        return; // Another place is shown; the search goes on.
    m_search.stop();
    m_current.reset();
    m_view->setMatcher({});
    m_view->setFocus(Qt::OtherFocusReason);
}

} // namespace runner::ui
