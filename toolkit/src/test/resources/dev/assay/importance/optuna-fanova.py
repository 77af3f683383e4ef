"""Writes optuna-fanova.json: a table of 200 configs and the importances that Optuna's fANOVA finds in it, over ten seeds of its forest.

    pip install optuna==5.0.0 scikit-learn==1.9.1
    python optuna-fanova.py > optuna-fanova.json
"""
import json
import math
import statistics

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution
from optuna.importance import FanovaImportanceEvaluator, get_param_importances

optuna.logging.set_verbosity(optuna.logging.ERROR)
NUMBERS = ["lr", "decay", "width", "idle"]
KINDS = ["sgd", "adamw", "lion"]


def halton(i, base):
    """The i-th number of van der Corput's sequence: even without being random."""
    part, value = 1.0, 0.0
    while i > 0:
        part /= base
        value += part * (i % base)
        i //= base
    return round(value, 4)


rows = []
for i in range(1, 201):
    row = {name: halton(i, base) for name, base in zip(NUMBERS, (2, 3, 5, 7))}
    row["kind"] = KINDS[int(3 * halton(i, 11))]
    effect = {"sgd": 0.0, "adamw": 0.5, "lion": 0.2}[row["kind"]]
    row["y"] = round(math.sin(math.pi * row["lr"]) + 0.8 * row["decay"] + 0.6 * row["lr"] * row["width"] + effect, 4)
    rows.append(row)

distributions = {name: FloatDistribution(0, 1) for name in NUMBERS} | {"kind": CategoricalDistribution(KINDS)}
study = optuna.create_study()
for row in rows:
    params = {name: row[name] for name in [*NUMBERS, "kind"]}
    study.add_trial(optuna.trial.create_trial(params=params, distributions=distributions, value=row["y"]))

found = {name: [] for name in distributions}
for seed in range(10):
    importances = get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=seed), normalize=False)
    for name, value in importances.items():
        found[name].append(value)

print("{\"source\": \"optuna %s\"," % optuna.__version__)
print("\"mean\": %s," % json.dumps({name: round(statistics.mean(v), 5) for name, v in found.items()}))
print("\"deviation\": %s," % json.dumps({name: round(statistics.stdev(v), 5) for name, v in found.items()}))
print("\"rows\": [\n%s]}" % ",\n".join(json.dumps(row) for row in rows))
