// Arguments typed for once: "NAME=VALUE NAME='a b'" as a shell would read it, without running one.
#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace runner::ui {

struct Overrides
{
    std::vector<std::string> arguments; ///< "NAME=VALUE", in order.
    QString complaint;                  ///< What cannot be read as one; empty where everything can.
};

/// Words at blanks; '…' and "…" keep blanks, a backslash the next character.
Overrides parseOverrides(const QString &typed);
/// The text that parses to the words, quoted where needed.
QString formatOverrides(const std::vector<std::string> &arguments);
/// The typed text with one argument set, or without it where \a value is null.
QString withOverride(const QString &typed, const QString &name, const QString &value);

} // namespace runner::ui
