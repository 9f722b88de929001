"""An independent reader's word on edits.

Reads lines of JSON from stdin: {"before": text, "after": text, "action": [name, ...]}. Reads both texts with PyYAML,
does the action on the data of the first in its own way, and compares it with the data of the second. Looks at the
lines that differ as well: they may be no others than the action needs. Prints what is wrong; ends with 1 then.
"""
import copy
import difflib
import json
import sys

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEFAULTS = ["linux/amd64", "linux/arm64"]


def act(data, action):
    kind, *rest = action
    rules = data["rules"]
    if kind == "set":
        index, name, value = rest
        args = rules[index].get("args") or []
        found = [i for i, text in enumerate(args) if text.split("=")[0] == name]
        if found:
            args[found[-1]] = name + "=" + value
        else:
            args.append(name + "=" + value)
        rules[index]["args"] = args
    elif kind == "unset":
        index, name = rest
        args = [text for text in rules[index]["args"] if text.split("=")[0] != name]
        rules[index]["args"] = args
        if not args:
            del rules[index]["args"]
    elif kind == "rename":
        index, old, new = rest
        rules[index]["args"] = [new + text[len(old):] if text.split("=")[0] == old else text
                                for text in rules[index]["args"]]
    elif kind in ("add-service", "remove-service", "add-platform", "remove-platform"):
        index, name = rest
        key = "services" if kind.endswith("service") else "platforms"
        values = list(rules[index].get(key) or (DEFAULTS if key == "platforms" else []))
        if kind.startswith("add"):
            values.append(name)
        else:
            values.remove(name)
        rules[index][key] = values
    elif kind == "add-rule":
        index, rule = rest
        rules.insert(index, rule)
    elif kind == "duplicate":
        rules.insert(rest[0] + 1, copy.deepcopy(rules[rest[0]]))
    elif kind in ("remove", "disable"):
        del rules[rest[0]]
        if not rules:
            data["rules"] = None
    elif kind == "move":
        rules.insert(rest[1], rules.pop(rest[0]))
    elif kind == "enable":
        index, rule = rest
        rules.insert(index, rule)
    elif kind == "entry":
        row, service, index, key, value = rest
        entry = data["runners"][row]["services"][service][index]
        entry.pop(key, None)
        if value is not None:
            entry[key] = value
    elif kind == "remove-entry":
        row, service, index = rest
        cells = data["runners"][row]["services"]
        del cells[service][index]
        if not cells[service]:
            del cells[service]
        if not cells:
            del data["runners"][row]
    elif kind == "add-entry":
        row, service, index, entry = rest
        if sorted(entry["platforms"]) == sorted(data["runners"][row].get("platforms", DEFAULTS)):
            del entry["platforms"]  # its row says so
        data["runners"][row]["services"].setdefault(service, []).insert(index, entry)
    elif kind == "add-row":
        data["runners"].insert(rest[0], rest[1])
    elif kind == "backend":
        backend, key, value = rest
        data["backends"][backend].pop(key, None)
        if value is not None:
            data["backends"][backend][key] = value
    elif kind == "service":
        data["services"].setdefault(rest[0], {})["name"] = rest[1]
    else:
        sys.exit("no such action: " + kind)


def changed_lines(before, after):
    removed, added = [], []
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("- "):
            removed.append(line[2:])
        elif line.startswith("+ "):
            added.append(line[2:])
    return removed, added


def lines_are_right(action, before_data, removed, added):
    kind = action[0]
    said = [line for line in added if line.strip()]
    gone = [line for line in removed if line.strip()]
    if kind == "set":
        had = any(text.split("=")[0] == action[2] for text in before_data["rules"][action[1]].get("args") or [])
        key = not before_data["rules"][action[1]].get("args")
        return (len(removed), len(added)) == ((1, 1) if had else (0, 2 if key else 1))
    if kind == "unset":
        return not added and 1 <= len(removed) <= 2
    if kind == "rename":
        return len(removed) == len(added)
    if kind == "add-service":
        had = before_data["rules"][action[1]].get("services")
        return not removed and len(added) == (1 if had else 2)
    if kind == "remove-service":
        return not added and len(removed) == 1
    if kind == "add-platform":
        return not removed and len(added) in (1, 4)
    if kind == "remove-platform":
        return len(removed) + len(added) in (1, 2)
    if kind in ("add-rule", "duplicate"):
        return not gone
    if kind == "remove":
        return not said
    if kind == "move":
        return sorted(gone) == sorted(said)
    if kind == "disable":
        return len(gone) == len(said) and all(line.lstrip().startswith("#") for line in said)
    if kind == "backend" and action[2] == "notes":
        return not gone or not said
    if kind in ("entry", "service", "backend"):
        return len(gone) <= 1 and len(said) <= 2
    if kind == "remove-entry":
        return not said
    if kind in ("add-entry", "add-row"):
        return not gone
    if kind == "enable":
        return len(gone) == len(said) and all(line.lstrip().startswith("#") for line in gone)
    return False


def main():
    loaded = {}
    count = wrong = 0
    for line in sys.stdin:
        case = json.loads(line)
        count += 1
        before, after, action = case["before"], case["after"], case["action"]
        if before not in loaded:
            loaded = {before: yaml.load(before, Loader)}
        expected = copy.deepcopy(loaded[before])
        act(expected, action)
        actual = yaml.load(after, Loader)
        removed, added = changed_lines(before, after)
        if actual != expected:
            wrong += 1
            print(case["name"], action, "reads as other data")
        elif not lines_are_right(action, loaded[before], removed, added):
            wrong += 1
            print(case["name"], action, "touches other lines:", removed, added)
        if wrong > 20:
            break
    print(count, "edits read by PyYAML,", wrong, "wrong")
    sys.exit(1 if wrong or not count else 0)


main()
