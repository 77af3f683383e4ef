/** What a person sees who edits a recipe in an editor with YAML support. */
@NullMarked
package dev.assay.editor;

import org.jspecify.annotations.NullMarked;
