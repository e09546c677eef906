/* The font of .png pictures, DejaVu Sans, as its file is; its copyright notice and license stand in it. */
    .section .rodata.rt_plot_font, "a"
    .globl rt_plot_font, rt_plot_font_end
    .balign 16
rt_plot_font:
    .incbin NNLC_FONT
rt_plot_font_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
