// Which names of variables a text mentions.
#pragma once

#include <functional>
#include <string_view>

namespace runner::dockerfile {

using Found = std::function<void(std::string_view name)>;

/// Names after "$" and "${", where \a escape does not stand before it: the words that BuildKit expands.
void mentionsInWords(std::string_view text, char escape, const Found &found);

/// Names after "$" and "${" and the marks that shells put there, and what stands alone in quotes, as in
/// os.environ["NAME"].
void mentionsInShell(std::string_view text, const Found &found);

} // namespace runner::dockerfile
