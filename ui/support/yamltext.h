// A read-only box of YAML text, in colour where KSyntaxHighlighting is there; up to a dozen lines high.
#pragma once

#include "support/wrappedtext.h"

namespace runner::ui {

class BlockHighlighter;

class YamlText final : public WrappedText
{
    Q_OBJECT

public:
    explicit YamlText(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    BlockHighlighter *m_highlighter;
};

} // namespace runner::ui
