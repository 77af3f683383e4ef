/** Pages as people see them: in Debian's Chromium, driven by Playwright. */
@NullMarked
package dev.assay.browser;

import org.jspecify.annotations.NullMarked;
