package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        mixinStandardHelpOptions = true,
        version = "Assay 0.1.0-SNAPSHOT",
        description = {
            "Turns recipes into trained models and an answer.",
            "",
            "A recipe is a YAML file that describes an experiment: a config, what is varied, and how often it is repeated.",
            "Whatever was trained once is kept in a store and served from there; the same command goes on after any interruption.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  plan recipe.yaml                          what would be trained, without doing it",
            "  run recipe.yaml                           train what is missing, then write the report",
            "  run recipe.yaml --set base.train.epochs=2 the same with another value",
            "  list                                      the trials there are",
            "  list --where \"metrics.val.accuracy > 0.9\"  some of them; export writes them to a file",
            "  show 3f9a                                 one trial, by the first digits of its hash",
            "  compare before after                      what differs between experiments or trials, and how surely",
            "",
            "Exit codes: 0 fine, 2 wrong command line, 65 faults in a recipe, 69 something needed is not there,",
            "            70 a trial failed, 75 interrupted: the same command goes on."
        })
final class RootCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
