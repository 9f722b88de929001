// A sequence that grows in blocks: no element ever moves, and no more than one block is unused.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace runner::build {

template <typename T, std::size_t BlockSize>
class Blocks
{
public:
    void append(T value)
    {
        if (m_size % BlockSize == 0)
            m_blocks.push_back(std::make_unique_for_overwrite<T[]>(BlockSize));
        m_blocks.back()[m_size % BlockSize] = value;
        ++m_size;
    }

    T operator[](std::size_t index) const { return m_blocks[index / BlockSize][index % BlockSize]; }
    std::size_t size() const { return m_size; }
    std::size_t bytes() const { return m_blocks.size() * (BlockSize * sizeof(T) + sizeof(void *)); }

    /// Calls \a write(pointer, count) for the elements in order, a block at a time.
    template <typename Write>
    void forEachBlock(const Write &write) const
    {
        for (std::size_t begin = 0; begin < m_size; begin += BlockSize)
            write(m_blocks[begin / BlockSize].get(), m_size - begin < BlockSize ? m_size - begin : BlockSize);
    }

private:
    std::vector<std::unique_ptr<T[]>> m_blocks;
    std::size_t m_size = 0;
};

} // namespace runner::build
