/** Files in a trial's folder that say what it recorded, for other programs. They are written besides the store and never read by Assay. */
@NullMarked
package dev.assay.sink;

import org.jspecify.annotations.NullMarked;
