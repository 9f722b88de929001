// One plan: how far it has come, and what can be done with it.
#pragma once

#include "build/plans.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace runner::ui {

class PlanCard final : public QFrame
{
    Q_OBJECT

public:
    explicit PlanCard(QWidget *parent = nullptr);

    void setPlan(const build::KeptPlan &plan);

Q_SIGNALS:
    void cancelRequested();
    void retryRequested();
    void mergeRequested();
    void forgetRequested();
    void chooseRequested(); ///< Its images are to be ticked again.

private:
    QPushButton *addButton(const QString &name, const QString &text, const QString &tip);

    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_merge = nullptr;
    QPushButton *m_forget = nullptr;
    QPushButton *m_choose = nullptr;
};

} // namespace runner::ui
