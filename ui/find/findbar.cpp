#include "find/findbar.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int leastField = 11 * gridUnit;

QString shownCount(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

} // namespace

FindBar::FindBar(FindSource *source, const QString &name, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_what(new QLineEdit)
    , m_regular(makeBox(name + QStringLiteral("Regular"), tr("Regular e&xpression")))
    , m_case(makeBox(name + QStringLiteral("Case"), tr("Match &case")))
    , m_count(new QLabel)
    , m_problem(new QLabel)
    , m_first(new QHBoxLayout)
    , m_second(new QHBoxLayout)
{
    setObjectName(name + QStringLiteral("Bar"));
    m_what->setObjectName(name + QStringLiteral("Text"));
    m_what->setPlaceholderText(hint);
    m_what->setAccessibleName(hint);
    m_what->setClearButtonEnabled(true);
    m_what->setMinimumWidth(leastField);
    m_regular->setToolTip(tr("Perl's syntax; a match is within one line"));
    m_count->setObjectName(name + QStringLiteral("Count"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 of %2").arg(9999).arg(9999)));
    QToolButton *back = makeButton(name + QStringLiteral("Back"), QStringLiteral("↑"), tr("Previous match (Shift+F3)"));
    QToolButton *forward = makeButton(name + QStringLiteral("Forward"), QStringLiteral("↓"), tr("Next match (F3)"));
    QToolButton *close = makeButton(name + QStringLiteral("Close"), QStringLiteral("×"), tr("Close (Escape)"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    for (QHBoxLayout *line : {m_first, m_second}) {
        line->setSpacing(gridUnit / 2);
        layout->addLayout(line);
    }
    m_problem->setObjectName(name + QStringLiteral("Problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    m_first->addWidget(m_what, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_count, back, forward, m_regular, m_case, close})
        m_first->addWidget(widget);
    connect(back, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(forward, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    setUp();
}

void FindBar::setUp()
{
    m_regular->setVisible(m_source->knowsRegular());
    connect(m_what, &QLineEdit::textChanged, this, [this] { restart(true); });
    for (const QCheckBox *box : {m_regular, m_case})
        connect(box, &QCheckBox::toggled, this, [this] { restart(true); });
    connect(m_source, &FindSource::changed, this, &FindBar::showCount);
    connect(m_source, &FindSource::contentChanged, this, [this](bool jump) {
        if (isHidden())
            m_source->stop();
        else
            restart(jump);
    });
    hide();
}

QCheckBox *FindBar::makeBox(const QString &name, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(name);
    return box;
}

QToolButton *FindBar::makeButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

void FindBar::open()
{
    const bool wasHidden = isHidden();
    const QString chosen = m_source->chosenText();
    show();
    if (!chosen.isEmpty())
        m_what->setText(chosen);
    m_what->selectAll();
    m_what->setFocus(Qt::ShortcutFocusReason);
    if (wasHidden)
        restart(true);
}

void FindBar::restart(bool jump)
{
    m_source->search({m_what->text(), m_regular->isChecked(), m_case->isChecked()}, jump);
    showCount();
}

void FindBar::findNext(bool forward)
{
    if (isHidden() && !m_what->text().isEmpty()) {
        show();
        restart(false);
    }
    m_source->goOn(forward);
    showCount();
}

void FindBar::showCount()
{
    const FindState state = m_source->state();
    const QString more = state.finished ? QString() : QStringLiteral("…");
    m_problem->setText(state.problem); // It may take several lines, a count stays whole.
    m_problem->setVisible(!state.problem.isEmpty());
    if (!state.problem.isEmpty() || m_what->text().isEmpty())
        m_count->clear();
    else if (state.count == 0)
        m_count->setText(state.finished ? tr("No match") : tr("Searching…"));
    else if (state.current)
        m_count->setText(tr("%1 of %2%3").arg(shownCount(*state.current + 1), shownCount(state.count), more));
    else
        m_count->setText(tr("%1 matches%2").arg(shownCount(state.count), more));
    if (state.undecided > 0 && state.problem.isEmpty())
        m_count->setText(tr("%1; undecided on %2 lines").arg(m_count->text(), shownCount(state.undecided)));
    m_count->setToolTip(state.undecided > 0 ? tr("The expression takes too long on these lines; write it more simply")
                                            : QString());
    arrange();
}

/// The choices stand below the field where all in one line would be cut.
void FindBar::arrange()
{
    int wanted = 2 * gridUnit + leastField;
    const auto add = [&](const QWidget *widget) {
        wanted += widget->isHidden() ? 0 : widget->sizeHint().width() + m_first->spacing();
    };
    add(m_count);
    for (const QToolButton *button : findChildren<QToolButton *>(Qt::FindDirectChildrenOnly))
        add(button);
    add(m_regular);
    add(m_case);
    QHBoxLayout *line = width() < wanted ? m_second : m_first;
    if (line->indexOf(m_case) >= 0)
        return;
    for (QCheckBox *box : {m_regular, m_case}) {
        m_first->removeWidget(box);
        m_second->removeWidget(box);
    }
    while (QLayoutItem *stretch = m_second->takeAt(0))
        delete stretch;
    int place = line == m_first ? m_first->count() - 1 : 0; // Closing stands last.
    for (QCheckBox *box : {m_regular, m_case})
        line->insertWidget(place++, box);
    if (line == m_second)
        m_second->addStretch(1);
}

void FindBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// It never keeps its pane from getting narrow: then it is arranged in two lines.
QSize FindBar::minimumSizeHint() const
{
    return {leastField, QWidget::minimumSizeHint().height()};
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        findNext(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

void FindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (event->spontaneous() || !isHidden())
        return; // Another place is shown; the search goes on.
    m_source->stop();
    m_source->reader()->setFocus(Qt::OtherFocusReason);
}

} // namespace runner::ui
