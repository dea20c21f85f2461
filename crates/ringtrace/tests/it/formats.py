"""Holds exports against the libraries of their own formats: what they take, and that nothing is lost in it."""

import copy
import json
import sys

from followthemoney import model
from pymisp import MISPEvent, MISPObject


def entities(path):
    """Each line is an entity whose every value is kept when it is read and cleaned."""
    count = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            model.get(told["schema"]).validate(told)
            entity = model.get_proxy(told, cleaned=False)
            for name, values in told["properties"].items():
                kept = entity.get(name)
                assert set(kept) == set(values), (told["schema"], name, values, kept)
            count += 1
    return count


def event(path):
    """The event is read, is the same when written, and each object fits its template."""
    with open(path, encoding="utf-8") as file:
        told = json.load(file)["Event"]
    read = MISPEvent(strict_validation=True)
    read.from_dict(**copy.deepcopy(told))
    again = MISPEvent()
    again.from_json(read.to_json())
    assert len(read.objects) == len(again.objects) == len(told["Object"])
    for one, kept in zip(told["Object"], read.objects):
        strict = MISPObject(one["name"], strict=True)
        assert strict.template_uuid == one["template_uuid"], one["name"]
        for attribute in one["Attribute"]:
            strict.add_attribute(attribute["object_relation"], value=attribute["value"], type=attribute["type"])
        strict.to_dict()
        assert len(kept.attributes) == len(one["Attribute"])
        assert all(not attribute.to_ids for attribute in kept.attributes)
    return len(read.objects)


print(entities(sys.argv[1]), event(sys.argv[2]))
