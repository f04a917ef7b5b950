"""Handles reports of people who resell the material: filing, evidence, what tracing says of it, decision and
reward."""
