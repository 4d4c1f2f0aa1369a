"""Entities: names found and linked to one canonical name."""

from pipeline.mentions.entities.finder import find_entities
from pipeline.mentions.entities.knowledge import KnowledgeBase, knowledge_base
from pipeline.mentions.entities.rows import Entity

__all__ = ["Entity", "KnowledgeBase", "find_entities", "knowledge_base"]
