"""The third-party suite jupyter_kernel_test, told what to say to a Java kernel."""

import queue
import unittest

import jupyter_kernel_test


class TrestleKernelTests(jupyter_kernel_test.KernelTests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A kernel that is slow to start may answer before its publisher knows of our subscription,
        # and what it publishes until then is lost: ask until an answer's status arrives.
        for _ in range(60):
            cls.kc.kernel_info()
            cls.kc.get_shell_msg(timeout=60)
            try:
                cls.kc.get_iopub_msg(timeout=1)
                return
            except queue.Empty:
                pass

    kernel_name = "trestle"
    language_name = "java"
    file_extension = ".java"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'

    completion_samples = [
        {"text": "Math.hypo", "matches": {"hypot("}},
        {"text": "%tabl", "matches": {"%tables"}},
        {"text": "zzzNothing", "matches": set()},
    ]

    complete_code_samples = ["1 + 1", "int x = 1;", "class A { }", "%tables", "// nothing"]
    incomplete_code_samples = ["for (;;) {", "int f(int n) {", "f(1,", "/* begun"]
    invalid_code_samples = ["int x = = 1;", "class 3 {}", "1 +* ;"]

    code_generate_error = 'throw new IllegalStateException("on purpose");'

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 7", "result": "42"},
    ]

    code_display_data = [
        {"code": 'display("x", "text/plain");', "mime": "text/plain"},
        {
            "code": 'display(Table.create("t", IntColumn.create("n", new int[] {1})));',
            "mime": "text/html",
        },
    ]

    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Math.max("

    code_clear_output = "clearOutput();"


if __name__ == "__main__":
    unittest.main(verbosity=2)
