// Answers that begin anew from another model, without what was typed being lost.
#include "onboard/answers.h"

#include <algorithm>
#include <iterator>

namespace runner::onboard {

namespace {

const std::string &keyOf(const ServiceAnswer &service)
{
    return service.id;
}
const std::string &keyOf(const ArgumentAnswer &argument)
{
    return argument.name;
}
const std::string &keyOf(const matrix::Variant &variant)
{
    return variant.id;
}
const std::string &keyOf(const matrix::Note &note)
{
    return note.text;
}

template <typename Item>
bool hasLike(const std::vector<Item> &items, const Item &sample)
{
    return std::any_of(items.begin(), items.end(), [&](const Item &each) { return keyOf(each) == keyOf(sample); });
}

class Taking
{
public:
    Taking(const BackendAnswers &typed, const BackendAnswers &before, const BackendAnswers &model)
        : m_typed(typed)
        , m_before(before)
        , m_model(model)
    {
    }

    template <typename T>
    void field(T BackendAnswers::*member)
    {
        const bool isTyped = m_typed.*member != m_before.*member;
        result.answers.*member = isTyped ? m_typed.*member : m_model.*member;
        result.given.*member = isTyped ? m_before.*member : m_model.*member;
    }

    // In the order of the model. Of what has no key as yet there may be several, and each stays.
    template <typename Item>
    void items(std::vector<Item> BackendAnswers::*member)
    {
        std::vector<Item> typed = m_typed.*member;
        const std::vector<Item> &before = m_before.*member;
        std::erase_if(typed,
                      [&](const Item &item) { return std::find(before.begin(), before.end(), item) != before.end(); });
        std::vector<Item> &merged = result.answers.*member;
        for (const Item &item : m_model.*member) {
            if (!hasLike(typed, item)) {
                merged.push_back(item);
                (result.given.*member).push_back(item);
            }
            std::copy_if(typed.begin(), typed.end(), std::back_inserter(merged),
                         [&](const Item &each) { return keyOf(each) == keyOf(item); });
        }
        std::copy_if(typed.begin(), typed.end(), std::back_inserter(merged),
                     [&](const Item &each) { return !hasLike(m_model.*member, each); });
    }

    TakenOver result;

private:
    const BackendAnswers &m_typed, &m_before, &m_model;
};

} // namespace

TakenOver takenOver(const BackendAnswers &typed, const BackendAnswers &before, const BackendAnswers &model)
{
    Taking taking(typed, before, model);
    for (std::string BackendAnswers::*member :
         {&BackendAnswers::id, &BackendAnswers::name, &BackendAnswers::title, &BackendAnswers::home,
          &BackendAnswers::python, &BackendAnswers::baseImage, &BackendAnswers::variantArgument})
        taking.field(member);
    taking.field(&BackendAnswers::versions);
    taking.field(&BackendAnswers::platforms);
    taking.items(&BackendAnswers::variants);
    taking.items(&BackendAnswers::services);
    taking.items(&BackendAnswers::arguments);
    taking.items(&BackendAnswers::notes);
    return std::move(taking.result);
}

} // namespace runner::onboard
