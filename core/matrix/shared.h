// A value that copies share until one of them is changed.
#pragma once

#include <memory>
#include <utility>

namespace runner::matrix {

/// Reads like the value itself; copying costs a pointer. Two that share one value are equal without a look at it.
template <typename T>
class Shared
{
public:
    Shared() = default;
    Shared(T value)
        : m_value(std::make_shared<T>(std::move(value)))
    {
    }

    const T &operator*() const { return m_value ? *m_value : none(); }
    const T *operator->() const { return &**this; }
    operator const T &() const { return **this; }

    /// The value to be changed: this copy's own from now on.
    T &edit()
    {
        if (!m_value)
            m_value = std::make_shared<T>();
        else if (m_value.use_count() > 1)
            m_value = std::make_shared<T>(*m_value);
        return *m_value;
    }

    bool sharesWith(const Shared &other) const { return m_value == other.m_value; }
    bool operator==(const Shared &other) const { return sharesWith(other) || **this == *other; }

    // What a container is read with.
    auto begin() const { return (**this).begin(); }
    auto end() const { return (**this).end(); }
    auto rbegin() const { return (**this).rbegin(); }
    auto rend() const { return (**this).rend(); }
    auto size() const { return (**this).size(); }
    bool empty() const { return (**this).empty(); }
    auto data() const { return (**this).data(); }
    const auto &front() const { return (**this).front(); }
    const auto &back() const { return (**this).back(); }
    const auto &operator[](std::size_t index) const { return (**this)[index]; }
    const auto &at(std::size_t index) const { return (**this).at(index); }

private:
    static const T &none()
    {
        static const T empty{};
        return empty;
    }

    std::shared_ptr<T> m_value; ///< Null: an empty one.
};

} // namespace runner::matrix
