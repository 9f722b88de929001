#include "onboard/spec.h"

#include "specexampletexts.h"

namespace runner::onboard {

std::string backendExample()
{
    return backendExampleText;
}

std::string serviceExample()
{
    return serviceExampleText;
}

} // namespace runner::onboard
