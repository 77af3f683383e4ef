package dev.assay.config;

/** Parent of every part of a configuration. */
public interface Validated {}
