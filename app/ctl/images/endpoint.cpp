#include "images/endpoint.h"

#include "text/textfile.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>

namespace runner::ctl {

namespace {

constexpr std::size_t maxPasswordFile = 64U << 10U;

std::string environment(const std::string &name)
{
    const char *value = std::getenv(name.c_str());
    return value ? value : "";
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string firstLine(const std::string &text)
{
    return text.substr(0, text.find_first_of("\r\n"));
}

Result<std::string> readPassword(const EndpointOptions &options)
{
    if (options.passwordFromStdin) {
        std::string line;
        std::getline(std::cin, line);
        return firstLine(line);
    }
    if (options.passwordFile.empty())
        return environment(upper(options.side) + "_PASSWORD");
    const auto file = text::readTextFile(options.passwordFile, options.passwordFile, maxPasswordFile);
    if (!file)
        return tl::unexpected(file.error());
    return firstLine(file->text);
}

} // namespace

void addEndpoint(CLI::App *command, const std::string &side, const std::string &alias, EndpointOptions &options)
{
    options.side = side;
    const std::string option = "--" + side;
    const std::string variables = upper(side) + "_USERNAME, " + upper(side) + "_PASSWORD";
    command
        ->add_option(option + ",--" + alias, options.place.registry,
                     "The " + side + " registry (" + options.place.registry + ")")
        ->option_text("HOST[:PORT]");
    command->add_option(option + "-namespace", options.place.nameSpace, "The namespace there, in place of the image's")
        ->option_text("NAME");
    command
        ->add_option(option + "-username", options.username,
                     "User name there (environment: " + variables
                         + "). There is no option for the password on"
                           " purpose: everybody could read it in the process list")
        ->option_text("NAME");
    auto *fromStdin = command->add_flag(option + "-password-stdin", options.passwordFromStdin,
                                        "Read its password from the first line of stdin");
    command->add_option(option + "-password-file", options.passwordFile, "Read its password from a file")
        ->option_text("FILE")
        ->excludes(fromStdin);
    command->add_flag(option + "-tls-verify", options.verifyTls,
                      option + "-tls-verify=false allows plain HTTP and unknown certificates there");
}

std::string defaultDestination()
{
    for (const char *name :
         {"GPUSTACK_RUNNER_DEFAULT_CONTAINER_REGISTRY", "GPUSTACK_RUNTIME_DEPLOY_DEFAULT_CONTAINER_REGISTRY",
          "GPUSTACK_SYSTEM_DEFAULT_CONTAINER_REGISTRY"}) {
        if (const std::string value = environment(name); !value.empty())
            return value;
    }
    return "docker.io";
}

Result<transfer::Credentials> readCredentials(const EndpointOptions &options)
{
    const std::string fallback = environment(upper(options.side) + "_USERNAME");
    const auto password = readPassword(options);
    if (!password)
        return tl::unexpected(password.error());
    transfer::Credentials credentials{options.username.empty() ? fallback : options.username, *password};
    if (!credentials.empty() && (credentials.username.empty() || credentials.password.empty()))
        return failure("credentials-incomplete", {},
                       "The credentials for the " + options.side + " lack the "
                           + (credentials.username.empty() ? "user name" : "password"),
                       "Set " + upper(options.side) + "_USERNAME and " + upper(options.side)
                           + "_PASSWORD, or see --help");
    return credentials;
}

Result<PreparedAccess> prepareAccess(const EndpointOptions *source, const EndpointOptions *destination)
{
    PreparedAccess prepared;
    std::vector<transfer::Credentials> secrets;
    if (source && destination && source->passwordFromStdin && destination->passwordFromStdin)
        return failure("credentials-incomplete", {}, "Only one password can come from stdin");
    for (const EndpointOptions *side : {source, destination}) {
        if (!side)
            continue;
        transfer::Endpoint &endpoint = side == source ? prepared.access.source : prepared.access.destination;
        endpoint.verifyTls = side->verifyTls;
        const auto credentials = readCredentials(*side);
        if (!credentials)
            return tl::unexpected(credentials.error());
        if (credentials->empty())
            continue;
        auto file = transfer::AuthFile::create(side->place.registry, *credentials);
        if (!file)
            return tl::unexpected(file.error());
        endpoint.authFile = file->path();
        prepared.files.push_back(std::move(*file));
        secrets.push_back(*credentials);
    }
    prepared.scrub = transfer::Scrubber(secrets);
    return prepared;
}

} // namespace runner::ctl
