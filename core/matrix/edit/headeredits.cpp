// Services and backends with their names.
#include "matrix/edit/headeredits.h"

#include "matrix/edit/headersection.h"

namespace runner::matrix::edit {

namespace {

struct TextMember
{
    const char *key;
    std::string Backend::*member;
};

TextMember memberOf(BackendText which)
{
    switch (which) {
    case BackendText::Title:
        return {"title", &Backend::title};
    case BackendText::VariantArgument:
        return {"variant_arg", &Backend::variantArgument};
    case BackendText::Name:
        break;
    }
    return {"name", &Backend::name};
}

} // namespace

Edit defineService(const std::string &id, const std::string &name)
{
    return sectionEdit("Add " + name, "services", "service", {id, name},
                       [id, name](Draft &draft, HeaderSection &section) {
                           draft.intended.services.push_back({id, name, {}});
                           return section.add(id, lineOf({{"name", section.like({"name"}, name)}}));
                       });
}

Edit setServiceName(const std::string &id, const std::string &name)
{
    return sectionEdit("Rename " + id, "services", "service", {id, name},
                       [id, name](Draft &draft, HeaderSection &section) -> Result<void> {
                           Service *service = findById(draft.intended.services, id);
                           if (service && service->name == name)
                               return nothingToDo(draft);
                           if (service)
                               service->name = name;
                           return section.set(id, "name", section.like({"name"}, name));
                       });
}

Edit dropService(std::string id)
{
    return sectionEdit("Remove " + id, "services", "service", {id}, [id](Draft &draft, HeaderSection &section) {
        std::erase_if(draft.intended.services, [&](const Service &service) { return service.id == id; });
        return section.drop(id);
    });
}

Edit defineBackend(const std::string &id, const std::string &name, const std::string &title)
{
    return sectionEdit(
        "Add " + name, "backends", "backend", {id, name, title}, [=](Draft &draft, HeaderSection &section) {
            Backend backend;
            backend.id = id;
            backend.name = name;
            backend.title = title;
            draft.intended.backends.push_back(std::move(backend));
            return section.add(
                id, lineOf({{"name", section.like({"name"}, name)}, {"title", section.like({"title"}, title)}}));
        });
}

Edit setBackendText(const std::string &id, BackendText which, const std::string &text)
{
    return backendEdit("Change " + id, id, {text},
                       [=](Draft &draft, HeaderSection &section, Backend &backend) -> Result<void> {
                           const TextMember known = memberOf(which);
                           const std::string wanted = text.empty() && which != BackendText::VariantArgument ? id : text;
                           if (backend.*known.member == wanted)
                               return nothingToDo(draft);
                           backend.*known.member = wanted;
                           return text.empty() ? section.unset(id, known.key)
                                               : section.set(id, known.key, section.like({known.key}, text));
                       });
}

Edit dropBackend(std::string id)
{
    return backendEdit("Remove " + id, id, {}, [id](Draft &draft, HeaderSection &section, Backend &) {
        std::erase_if(draft.intended.backends, [&](const Backend &backend) { return backend.id == id; });
        return section.drop(id);
    });
}

} // namespace runner::matrix::edit
